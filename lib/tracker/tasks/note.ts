import type { NoteView } from '../../model/answers/task.ts';
import { NoteText, parseInput } from '../../model/task/input.ts';
import { findNote, insertNote } from '../../store/tables/notes.ts';
import { makeId } from '../ids.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';

/**
 * Adds a note. Notes are rows of their own, so two at once lose nothing.
 *
 * @throws DocketError `not_found`, `ambiguous_key`, `invalid_input`
 */
export async function addNote(
  scope: Scope,
  key: string,
  given: string,
): Promise<{ readonly note: NoteView }> {
  const text = parseInput(NoteText, given, { what: 'note' });
  return writeWorkspace(scope, async (write) => {
    const task = await findTaskForWrite(write, key);
    const id = makeId();
    const { actor, session, agent } = scope.worker;
    await insertNote(write.db, { id, taskId: task.id, body: text, actor, session, agent });
    write.record({ verb: 'noted', taskId: task.id, key: task.key, new: { note: id } });
    const stored = await findNote(write.db, id);
    if (stored === undefined) throw new Error(`note ${id} was not found after its insert`);
    return {
      note: { id, task: task.key, text, actor, session, agent, createdAt: stored.createdAt },
    };
  });
}
