import { expect, test } from 'vitest';
import { translateSqliteError } from '../../../lib/store/sqlite/errors.ts';

test.for([
  [5, 'database is locked', 'conflict'],
  [261, 'database is locked', 'conflict'],
  [517, 'database is locked', 'conflict'],
  [6, 'database table is locked', 'conflict'],
  [8, 'attempt to write a readonly database', 'unreachable'],
  [10, 'disk I/O error', 'unreachable'],
  [11, 'database disk image is malformed', 'unreachable'],
  [13, 'database or disk is full', 'unreachable'],
  [14, 'unable to open database file', 'unreachable'],
  [26, 'file is not a database', 'unreachable'],
  [275, 'CHECK constraint failed', 'invariant'],
  [787, 'FOREIGN KEY constraint failed', 'invariant'],
  [1299, 'NOT NULL constraint failed', 'invariant'],
  [3091, 'cannot store TEXT value in INTEGER column', 'invariant'],
  [1555, 'UNIQUE constraint failed', 'duplicate'],
  [2067, 'UNIQUE constraint failed', 'duplicate'],
  [1, 'no such table: tasks', 'no_schema'],
  [1, 'no such column: queue', 'no_schema'],
  [1, 'no such index: tasks_by_start', 'no_schema'],
  [1, 'near "SELEKT": syntax error', 'failed'],
  [undefined, 'whatever', 'failed'],
] as const)('error %i, %s, is %s', ([errcode, message, code]) => {
  const cause = Object.assign(new Error(message), errcode === undefined ? {} : { errcode });
  expect(translateSqliteError(cause)).toMatchObject({ name: 'StoreError', code, message, cause });
});
