import { expect, test } from 'vitest';
import { parseDatabase } from '../../lib/config/database.ts';
import { isLocalFile, isMadeByUse, needsLogin, needsNetwork } from '../../lib/model/connection.ts';

test('a file is found by its path and made by any command', () => {
  const file = parseDatabase('sqlite:/data/tasks.db', '/');
  expect([isLocalFile, isMadeByUse, needsNetwork, needsLogin].map((ask) => ask(file))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a server, loopback or not, takes a network, a login and docket migrate', () => {
  const server = parseDatabase('mysql://127.0.0.1/tasks', '/');
  expect([isLocalFile, isMadeByUse, needsNetwork, needsLogin].map((ask) => ask(server))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
