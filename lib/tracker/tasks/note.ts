import type { NoteView } from '../../model/answers/task.ts';
import { insertNote } from '../../store/tables/notes.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { findTaskForWrite } from '../view/find.ts';

/**
 * Adds a note. Notes are rows of their own, so two at once lose nothing.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export async function addNote(
  scope: Scope,
  key: string,
  text: string,
): Promise<{ readonly note: NoteView }> {
  return writeWorkspace(scope, { keys: [key] }, async (write) => {
    const task = await findTaskForWrite(write, key);
    const id = write.newId();
    const { madeAt: at } = write;
    const { actor, session, agent } = scope.worker;
    write.send(insertNote({ id, taskId: task.id, body: text, actor, session, agent, at }));
    write.record({ verb: 'noted', taskId: task.id, key: task.key, new: { note: id } });
    return {
      note: { id, task: task.key, text, actor, session, agent, createdAt: isoTime(at) },
    };
  });
}
