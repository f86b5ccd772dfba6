import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** scripts/test sets it, so that there it must be there. */
const { DOCKET_TEST_SHELLCHECK: required } = process.env;
const shellcheck = required ?? 'shellcheck';
const isThere = spawnSync(shellcheck, ['--version']).status === 0;

const files = ['.ci', 'deploy', 'hooks', 'lib', 'scripts', 'test/engines'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[^.]+(?:\.sh)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /^#!.*\b(?:ba)?sh\n/.test(readFileSync(path, 'utf8')))
    .map((path) => path.slice(root.length)),
);

test('every shell file is looked at', () => {
  expect(files).toEqual(
    expect.arrayContaining([
      '.ci/run',
      'deploy/kubernetes/base/start',
      'hooks/launcher',
      'lib/orchestrator/agents/supervisor.sh',
      'scripts/test',
      'test/engines/dolt/build',
    ]),
  );
});

test.skipIf(required === undefined && !isThere).each(files)('ShellCheck accepts %s', (file) => {
  const { stdout, stderr } = spawnSync(shellcheck, ['--color=never', file], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout + stderr).toBe('');
  expect(isThere).toBe(true);
});
