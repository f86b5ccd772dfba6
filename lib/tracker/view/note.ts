import type { NoteView } from '../../model/answers/task.ts';
import type { NoteRow } from '../../store/tables/notes.ts';

/** Views a note of the task of this key as `--json` shows it. */
export function viewNote({ taskId: _, body, ...note }: NoteRow, task: string): NoteView {
  return { ...note, task, text: body };
}
