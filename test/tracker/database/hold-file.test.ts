import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { holdFile } from '../../../lib/tracker/database/hold-file.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docket-lock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

test('a lock is one’s at a time, and another’s when it was let go', async () => {
  const path = join(makeFolder(), 'lock');
  const release = await holdFile(path);
  expect(release).toBeDefined();
  expect(await holdFile(path)).toBeUndefined();
  release?.();
  const again = await holdFile(path);
  expect(again).toBeDefined();
  again?.();
});

test('a process that is killed keeps no lock', async () => {
  const path = join(makeFolder(), 'lock');
  const file = new URL('../../../lib/tracker/database/hold-file.ts', import.meta.url);
  const script = `import { holdFile } from ${JSON.stringify(file.href)};
    const release = await holdFile(${JSON.stringify(path)});
    console.log(release !== undefined);
    setInterval(() => release.name, 1_000);`;
  const tsx = join(import.meta.dirname, '../../../node_modules/.bin/tsx');
  const child = spawn(tsx, ['--input-type=module', '--eval', script], { detached: true });
  const [said] = await once(child.stdout, 'data');
  expect(String(said).trim()).toBe('true');
  expect(await holdFile(path)).toBeUndefined();
  // The whole group: tsx starts another process.
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await once(child, 'close');
  const release = await holdFile(path);
  expect(release).toBeDefined();
  release?.();
});

test('where there can be no file the reason is said', async () => {
  const missing = join(makeFolder(), 'missing/lock');
  await expect(holdFile(missing)).rejects.toThrow('unable to open');
});
