import type { NoteView } from '../model/output.ts';
import { findNotes, insertNote } from '../store/tables/notes.ts';
import { findTask } from './find.ts';
import { makeId } from './ids.ts';
import type { Scope } from './scope.ts';
import { writeWorkspace } from './write.ts';

/** Adds a note. Notes are rows of their own, so two at once lose nothing. */
export function addNote(
  scope: Scope,
  key: string,
  text: string,
): Promise<{ readonly note: NoteView }> {
  return writeWorkspace(scope, async (write) => {
    const task = await findTask(write.db, scope.workspaceId, key);
    const id = makeId();
    const { actor, session, agent } = scope.worker;
    await insertNote(write.db, { id, taskId: task.id, body: text, actor, session, agent });
    write.record({ verb: 'noted', taskId: task.id, key: task.key, new: { note: id } });
    const stored = (await findNotes(write.db, [task.id])).find((note) => note.id === id);
    if (stored === undefined) throw new Error(`note ${id} was not found after its insert`);
    return {
      note: { id, task: task.key, text, actor, session, agent, createdAt: stored.createdAt },
    };
  });
}
