import { expect, test } from 'vitest';
import type { ServerDatabase } from '../../../lib/config/database.ts';
import { parseDatabase } from '../../../lib/config/database.ts';
import { hintOfOutage } from '../../../lib/install/checks/outage-hint.ts';

const database = parseDatabase('mysql://db.example.com/tasks', '/') as ServerDatabase;
const known = { user: 'alice', credentials: '/home/alice/.config/docket/credentials.json' };

// What the server or Node says, as explainOutage tells it, and what helps.
test.each([
  [
    'refuses this user: wrong user name or password: Access denied',
    "docket trust 'mysql://alice@db.example.com:3306/tasks' --password -",
  ],
  [
    'cannot be trusted over TLS: unable to verify the first certificate',
    'beside /home/alice/.config/docket/credentials.json, and name it there: {"mysql://db.example.com:3306/tasks": {"ca": "ca.crt"}}',
  ],
  [
    "cannot be trusted over TLS: Hostname/IP does not match certificate's altnames: x",
    'a name that the certificate is for',
  ],
  ['cannot be trusted over TLS: certificate has expired', 'renews its certificate'],
  ['offers no TLS', "docket trust 'mysql://db.example.com:3306/tasks?ssl=off'"],
  ['does not let this user do that: Access denied', 'whether the database is called tasks'],
  ["cannot be used: Unknown database 'tasks'", 'whether the database is called tasks'],
  ['does not answer: it is silent', 'whether a server listens on db.example.com:3306'],
])('where a server %s, what to do is said', (said, hint) => {
  expect(hintOfOutage(database, `the database at db.example.com:3306 ${said}`, known)).toContain(
    hint,
  );
});

test('where no user is known, its place in the command is', () => {
  const said = 'refuses this user: wrong user name or password: x';
  expect(hintOfOutage(database, said, { ...known, user: undefined })).toContain(
    "'mysql://USER@db.example.com:3306/tasks'",
  );
});
