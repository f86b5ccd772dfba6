import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fileNameOf } from '../../lib/state/state-file.ts';
import { createTask } from '../../lib/tracker/tasks/create.ts';
import { hookNames } from './hook-names.ts';
import { createHookUser } from './hook-user.ts';

/** What can stand in a file's place, of a repository or of an archive that was unpacked. */
const stands: Readonly<Record<string, (path: string) => unknown>> = {
  'a pipe': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
  'a link to /dev/zero': (path) => symlinkSync('/dev/zero', path),
  'a link to /proc/self/pagemap': (path) => symlinkSync('/proc/self/pagemap', path),
  'a link to itself': (path) => symlinkSync(path, path),
};

const state = '../.local/state/docket';
const config = '../.config/docket';
const files = [
  ...['.claude/docket.json', '.git', `${config}/config.json`, `${config}/trusted.json`],
  ...[`${state}/hook.log`, `${state}/sessions/${fileNameOf('session-a')}.json`, `${state}/stamps`],
];

test.for(Object.entries(stands))(
  '%s in the place of any file holds no hook up',
  async ([, put]) => {
    const person = createHookUser();
    await person.work((scope) => createTask(scope, { title: 'Wire the valve' }));
    const env = { CLAUDE_ENV_FILE: join(person.home, 'env') };
    for (const file of [...files, '../env']) {
      const path = join(person.project, file);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true });
      put(path);
      for (const name of hookNames) {
        const { exitCode, stdout } = await person.run(
          name,
          { source: 'startup', prompt: 'x' },
          env,
        );
        expect([file, name, exitCode]).toEqual([file, name, 0]);
        if (stdout !== '') JSON.parse(stdout);
      }
    }
  },
);
