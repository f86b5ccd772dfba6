import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findContext } from '../../lib/access/find-context.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import { writeSession } from '../../lib/state/session-state.ts';
import { freshFolder, ids, initialise, write } from '../config/folders.ts';

test('a session’s folder is not taken from what a repository says that it is', () => {
  const home = freshFolder();
  const web = join(home, 'web');
  const other = join(home, 'other');
  initialise(web, ids.outer);
  initialise(other, ids.inner);
  write(join(other, '.git/HEAD'), '');
  const session = { HOME: home, CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'session-a' };
  const own = { ...session };
  const brought = { ...session, XDG_STATE_HOME: join(other, 'state') };
  for (const env of [own, brought]) {
    mkdirSync(stateFolder(env), { recursive: true });
    writeSession(stateFolder(env), 'session-a', { folder: other });
  }
  expect(findContext({ env: own, cwd: web }).workspace?.slug).toBe('inner');
  expect(findContext({ env: brought, cwd: web }).workspace?.slug).toBe('outer');
});
