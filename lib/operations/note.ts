import * as z from 'zod/mini';
import { NoteText } from '../model/task/input.ts';
import { addNote } from '../tracker/tasks/note.ts';
import { Key } from './fields.ts';
import { defineOperation } from './operation.ts';

export const note = defineOperation({
  name: 'note',
  access: 'note',
  summary: 'Write down how a task goes; the next prompts show it',
  input: z.strictObject({ task: Key, text: NoteText }),
  answer: () => import('../model/answers/task.ts').then(({ NoteAnswer }) => NoteAnswer),
  run: ({ scope }, { task, text }) => addNote(scope, task, text),
});
