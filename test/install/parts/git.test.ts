import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkGit } from '../../../lib/install/checks/git.ts';
import { runGit } from '../../../lib/install/parts/git.ts';
import { makeRepository, makeSetupUser } from '../setup-user.ts';

test('a git that waits without end is ended, whatever it does about it', {
  timeout: 45_000,
}, async () => {
  const person = makeSetupUser();
  const folder = makeRepository(person, 'web');
  const index = join(folder, '.git/index');
  rmSync(index, { force: true });
  execFileSync('mkfifo', [index]);
  const waiting = checkGit(folder, false);

  const commands = join(person.base, 'commands');
  mkdirSync(commands);
  writeFileSync(join(commands, 'git'), "#!/bin/sh\ntrap '' TERM\nexec sleep 60\n");
  chmodSync(join(commands, 'git'), 0o755);
  vi.stubEnv('PATH', `${commands}:${process.env.PATH}`);
  const deaf = runGit(folder, ['status']);
  vi.unstubAllEnvs();

  expect(await deaf).toBeUndefined();
  expect(await waiting).toMatchObject({
    status: 'warn',
    message: 'git refuses, or gives no answer in 10 s, so nothing is known',
    next: expect.stringMatching(/git -C '.*' status$/),
  });
});
