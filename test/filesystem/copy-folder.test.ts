import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyFolder } from '../../lib/filesystem/copy-folder.ts';
import { UnfitFile } from '../../lib/filesystem/read-file.ts';

const bounds = { mostFiles: 1_000, mostBytes: 1_000_000 };

test('a folder whose files come and go is copied whole, or said to be written to', async () => {
  const base = mkdtempSync(join(tmpdir(), 'docket-copy-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const from = join(base, 'from');
  mkdirSync(from);
  const names = Array.from({ length: 40 }, (_, index) => `file-${index}`);
  for (const name of names) writeFileSync(join(from, name), name);
  const script = `const { writeFileSync, rmSync } = require('node:fs');
    console.log('begun');
    const loop = () => {
      for (let round = 0; round < 200; round += 1) {
        writeFileSync('${from}/temporary', '1');
        rmSync('${from}/temporary');
      }
      setTimeout(loop, 5);
    };
    loop();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  const failures = Array.from({ length: 12 }, () => tryToCopy()).flat();
  expect(failures.filter((error) => !(error instanceof UnfitFile))).toEqual([]);
  child.kill('SIGKILL');
  await once(child, 'close');
  rmSync(join(from, 'temporary'), { force: true });
  expect(tryToCopy()).toEqual([]);
  expect(readdirSync(join(base, 'to')).sort()).toEqual(names.sort());

  function tryToCopy(): readonly unknown[] {
    rmSync(join(base, 'to'), { recursive: true, force: true, maxRetries: 10 });
    try {
      copyFolder(from, join(base, 'to'), bounds);
      return [];
    } catch (error) {
      return [error];
    }
  }
});
