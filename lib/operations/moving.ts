/**
 * The verbs that move a whole list. They are for people: a list holds the records of clients, and
 * where those go is not for a session to say.
 */
import type { Verb } from './operation.ts';

const answers = () => import('../model/answers/moving.ts');

export const exportVerb = {
  name: 'export',
  access: 'person',
  summary: 'Write the whole list to a file',
  answer: () => answers().then(({ ExportAnswer }) => ExportAnswer),
} as const satisfies Verb;

export const importVerb = {
  name: 'import',
  access: 'person',
  summary: 'Read a list from a file',
  answer: () => answers().then(({ ImportAnswer }) => ImportAnswer),
} as const satisfies Verb;

export const copyVerb = {
  name: 'copy',
  access: 'person',
  summary: 'Copy the list to another database',
  answer: () => answers().then(({ CopyAnswer }) => CopyAnswer),
} as const satisfies Verb;

const backupAnswers = () => import('../model/answers/backup.ts');

export const backupVerb = {
  name: 'backup',
  access: 'person',
  summary: 'Back the whole database up, with every list in it',
  answer: () => backupAnswers().then(({ BackupAnswer }) => BackupAnswer),
} as const satisfies Verb;

export const restoreVerb = {
  name: 'restore',
  access: 'person',
  summary: 'Bring a backup into an empty database',
  answer: () => backupAnswers().then(({ RestoreAnswer }) => RestoreAnswer),
} as const satisfies Verb;
