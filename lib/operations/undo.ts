import { undoLast } from '../tracker/undo/undo.ts';
import { defineOperation } from './operation.ts';

export const undo = defineOperation({
  name: 'undo',
  access: 'manage',
  summary: 'Take back your last change; again: the one before it',
  input: () => import('./plain-inputs.ts').then(({ NoInput }) => NoInput),
  answer: () => import('../model/answers/undo.ts').then(({ UndoAnswer }) => UndoAnswer),
  run: ({ scope }) => undoLast(scope),
});
