import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readBytes, readText, UnfitFile } from '../../lib/filesystem/read-file.ts';
import { freshFolder } from '../config/folders.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('a file is read whole up to the bound, and not with a byte more', () => {
  const path = join(freshFolder(), 'file');
  writeFileSync(path, 'über');
  expect(readText(path, 5)).toBe('über');
  expect(() => readText(path, 4)).toThrow('is longer than 4 bytes');
  writeFileSync(path, '');
  expect(readText(path, 0)).toBe('');
});

test('a file without a size, as in /proc, is read to its end', { skip: !isLinux() }, () => {
  const text = readText('/proc/self/status', 64_000);
  expect(text).toMatch(/^Name:.*nonvoluntary_ctxt_switches:\t\d+\n$/s);
  expect(() => readText('/proc/self/status', 100)).toThrow(UnfitFile);
});

test('what is missing is undefined, on any way there', () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  for (const name of ['none', 'no/folder', 'file/below', 'link']) {
    expect(readBytes(join(folder, name), 10)).toBeUndefined();
  }
});

test('folders, pipes, sockets and devices are no files, and nothing is waited for', async () => {
  const folder = freshFolder();
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  mkdirSync(join(folder, 'folder'));
  const server = createServer().listen(join(folder, 'socket'));
  onTestFinished(() => void server.close());
  await new Promise((done) => server.once('listening', done));
  symlinkSync('/dev/zero', join(folder, 'device'));
  for (const name of ['pipe', 'folder', 'socket', 'device']) {
    expect(() => readBytes(join(folder, name), 10)).toThrow('is not a file');
  }
});

test('a file without an end, or that waits for more, is given up', { skip: !isLinux() }, () => {
  const folder = freshFolder();
  for (const [name, target] of Object.entries({ map: '/proc/self/pagemap', log: '/proc/kmsg' })) {
    symlinkSync(target, join(folder, name));
    // The kernel may say so itself: that the read has an odd length, is not allowed, or would wait.
    expect(() => readBytes(join(folder, name), 64_000)).toThrow();
  }
});

/** The places that read, or open, in another way, and what they read. */
const others: Readonly<Record<string, string>> = {
  'lib/filesystem/read-file.ts': 'the reader itself',
  'lib/filesystem/atomic-write.ts': 'opens a draft of its own to write',
  'lib/filesystem/copy-folder.ts': 'copies files, with a bound on all of them',
  'lib/filesystem/durable-write.ts': 'opens a draft of its own, and folders to write to the disk',
  'lib/filesystem/read-lines.ts': 'a list of any length, in parts, with a bound on its lines',
  'lib/filesystem/write-lines.ts': 'opens a draft of its own to write',
  'lib/hook-io/stdio.ts': 'standard input, which has a bound',
  'cli/terminal/read-stdin.ts': 'standard input, which has a bound',
  'cli/terminal/undecoded-arguments.ts': '/proc/self/cmdline',
  'lib/hook-io/log.ts': 'opens its log to write',
  'lib/hook-io/busy-machine.ts': '/proc/stat',
  'lib/state/process-probe.ts': "/proc, of the kernel's own making",
  'lib/store/mysql/wire/member-file.ts': 'one bounded read, which waits for no pipe',
  'lib/store/mysql/wire/resolve-host.ts': '/etc/hosts',
  'lib/store/sqlite/copy-file.ts': 'opens a copy of its own, to write it to the disk',
  'lib/store/sqlite/disk-space.ts': 'opens a file of its own to write',
  'lib/store/sqlite/driver.ts': 'a transaction, no file',
  'lib/store/sqlite/file-system.ts': '/proc/self/mountinfo',
  'lib/store/sqlite/trouble.ts': 'a transaction, no file',
  'lib/tracker/backup/database-file.ts': 'opens a copy of its own, to write it to the disk',
};

test('no other place of docket reads files', () => {
  const reading =
    /\b(readFile|readFileSync|readSync|readvSync|read|createReadStream|openSync|openAsBlob|promises\.open|fs\.open|loadEnvFile|copyFileSync)\s*\(/;
  const readers = ['lib', 'cli', 'hooks'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.gen.ts'))
      .filter((path) => {
        const text = readFileSync(join(root, path), 'utf8');
        return /from 'node:fs|import\('node:fs|BuiltinModule\('(node:)?fs/.test(text)
          ? reading.test(text)
          : /\bloadEnvFile\b/.test(text);
      }),
  );
  expect(readers.sort()).toEqual(Object.keys(others).sort());
});

function isLinux(): boolean {
  return process.platform === 'linux';
}
