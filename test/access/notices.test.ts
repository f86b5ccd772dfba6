import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { knownVersion } from '../../lib/store/migrations/known-version.ts';
import { judgeFileSystem } from '../../lib/store/sqlite/file-system.ts';
import { openCliHarness, workspace } from '../cli/cli-harness.ts';
import { fillSecondSchema } from '../store/sqlite/second-schema.ts';

vi.mock('../../lib/store/sqlite/file-system.ts', { spy: true });

function listening() {
  const progress: string[] = [];
  const harness = openCliHarness().with({ progress: (line) => progress.push(line) });
  return { harness, progress };
}

test('a command that migrates the list says so once, and where the copy is', async () => {
  const { harness, progress } = listening();
  mkdirSync(dirname(harness.database), { recursive: true });
  fillSecondSchema(harness.database, workspace.id).close();
  const { exitCode, stdout } = await harness.run('list', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout).data.total).toBe(2);
  const copy = `${harness.database}.schema-2`;
  expect(progress).toEqual([
    `Migrated ${harness.database} from schema 2 to ${knownVersion}; a copy from before is ${copy}`,
  ]);
  expect(existsSync(copy)).toBe(true);
  await harness.run('list');
  expect(progress).toHaveLength(1);
});

test('a new list says nothing', async () => {
  const { harness, progress } = listening();
  await harness.run('create', 'Task');
  expect(progress).toEqual([]);
});

test('that a list lies in a shared folder is said once on a machine', async () => {
  vi.mocked(judgeFileSystem).mockReturnValue({ kind: 'shared', name: 'vboxsf' });
  onTestFinished(() => {
    vi.mocked(judgeFileSystem).mockRestore();
  });
  const { harness, progress } = listening();
  await harness.run('create', 'Task');
  await harness.run('list');
  expect(progress).toEqual([expect.stringContaining(`${harness.database} lies on vboxsf`)]);
});
