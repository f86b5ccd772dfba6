import { expect, test } from 'vitest';
import { StoreError } from '../../../../lib/store/errors.ts';
import { translateMysqlError } from '../../../../lib/store/mysql/wire/errors.ts';

const server = { host: 'db.example.com', port: 3306 };

// Messages as Dolt 1.84, MariaDB 10.11, MySQL 9.7, Vitess 24 and TiDB 8.5 gave them; the numbers of
// TiDB are from its manual.
test.each([
  [{ errno: 1213, sqlState: '40001' }, 'conflict'],
  [{ errno: 1205, sqlState: 'HY000' }, 'conflict'],
  [{ errno: 1020 }, 'conflict'],
  [{ errno: 9999, sqlState: '40001' }, 'conflict'],
  [
    {
      errno: 3101,
      sqlState: '40000',
      message: 'Plugin instructed the server to rollback the current transaction.',
    },
    'conflict',
  ],
  [
    {
      errno: 1180,
      sqlState: 'HY000',
      message: "Got error 149 - 'Lock deadlock; Retry transaction' during COMMIT",
    },
    'conflict',
  ],
  [{ errno: 1180, message: "Got error 5 - 'Input/output error' during COMMIT" }, 'failed'],
  [{ errno: 9007 }, 'conflict'],
  [{ errno: 8022 }, 'conflict'],
  [{ errno: 8028 }, 'conflict'],
  [{ errno: 9001 }, 'unreachable'],
  [{ errno: 9005 }, 'unreachable'],
  [{ errno: 1105, message: 'lock wait timeout' }, 'conflict'],
  [
    {
      errno: 1105,
      message: 'target: tasks.0.primary: no healthy tablet available for \'keyspace:"tasks"\'',
    },
    'unreachable',
  ],
  [{ errno: 1062 }, 'duplicate'],
  [{ errno: 1396, message: "Operation CREATE USER failed for 'alice'@'%'" }, 'duplicate'],
  [{ errno: 1105, message: "Operation CREATE USER failed for 'alice'@'%'" }, 'duplicate'],
  [{ errno: 1452 }, 'invariant'],
  [{ errno: 4025, message: 'CONSTRAINT `ck` failed for `tasks`.`t`' }, 'invariant'],
  [{ errno: 3819 }, 'invariant'],
  [{ errno: 1406 }, 'invariant'],
  [{ errno: 1142 }, 'denied'],
  [{ errno: 1044 }, 'denied'],
  [{ errno: 1146 }, 'no_schema'],
  [{ errno: 1054 }, 'no_schema'],
  [{ errno: 1176 }, 'no_schema'],
  [{ errno: 1040 }, 'too_many_connections'],
  [{ errno: 1203 }, 'too_many_connections'],
  [{ errno: 1226 }, 'too_many_connections'],
  [{ errno: 1045 }, 'unreachable'],
  [{ errno: 1049 }, 'unreachable'],
  [{ errno: 1047 }, 'unreachable'],
  [{ errno: 1969 }, 'unreachable'],
  [{ errno: 3024 }, 'unreachable'],
  [{ errno: 1064 }, 'failed'],
  [{ errno: 1105, message: 'Check constraint "ck" violated' }, 'invariant'],
  [{ errno: 1105, message: "string 'xxx' is too large for column 'title'" }, 'invariant'],
  [{ errno: 1105, message: "command denied to user 'alice'@'%'" }, 'denied'],
  [{ errno: 1105, message: "Access denied for user 'carol'@'%' to database 'tasks'" }, 'denied'],
  [
    { errno: 1105, message: 'column "queue" could not be found in any table in scope' },
    'no_schema',
  ],
  [
    {
      errno: 1105,
      message:
        'Committing this transaction resulted in a working set with constraint violations, ' +
        'transaction rolled back.\nConstraint violations: \nType: Unique Key Constraint Violation,' +
        '\n\tName: slug,\n\tColumns: [slug] (2 row(s))',
    },
    'duplicate',
  ],
  [
    {
      errno: 1105,
      message:
        'Committing this transaction resulted in a working set with constraint violations, ' +
        'transaction rolled back.\nConstraint violations: \nType: Foreign Key Constraint Violation',
    },
    'conflict',
  ],
  [{ errno: 1105, message: 'server does not allow insecure connections' }, 'unreachable'],
  [{ errno: 1105, message: "syntax error at position 39 near 'NULL'" }, 'failed'],
  [{ errno: -111, code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' }, 'unreachable'],
  [{ code: 'ECONNREFUSED', message: '' }, 'unreachable'],
  [{ code: 'PROTOCOL_CONNECTION_LOST', message: 'Connection lost' }, 'unreachable'],
  [{ code: 'EPIPE' }, 'unreachable'],
  [{ code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }, 'unreachable'],
  [{ message: 'The value of "offset" is out of range.' }, 'unreachable'],
] as const)('%j is %s', (fields, code) => {
  const error = Object.assign(new Error(), fields);
  const translated = translateMysqlError(error, server);
  expect(translated.code).toBe(code);
  expect(translated.cause).toBe(error);
  expect(translated.message).not.toBe('');
});

test('an error of ours stays as it is, also one of another bundle', () => {
  const own = new StoreError('conflict', 'task was changed meanwhile');
  expect(translateMysqlError(own, server)).toBe(own);
  const foreign = Object.assign(new Error('changed'), { name: 'StoreError', code: 'conflict' });
  expect(translateMysqlError(foreign, server)).toBe(foreign);
  expect(foreign).toBeInstanceOf(StoreError);
});

test('no server makes a message longer than a few lines', () => {
  const error = Object.assign(new Error('a'.repeat(9_000_000)), { errno: 1064 });
  expect(translateMysqlError(error, server).message.length).toBeLessThan(5_000);
});
