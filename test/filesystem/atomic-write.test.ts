import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeAtomically } from '../../lib/filesystem/atomic-write.ts';
import { applyChange, readText } from '../../lib/install/files/file-change.ts';
import { makeSetupUser } from '../install/setup-user.ts';

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

/** Another group of this process: root may give any, others one of theirs. */
function otherGroup(): number {
  if (process.getuid?.() === 0) return 1;
  return process.getgroups?.().at(-1) ?? 0;
}

test('an existing file keeps its mode and group, and nothing is left beside it', () => {
  const { base } = makeSetupUser();
  for (const mode of [0o600, 0o640, 0o664, 0o755]) {
    const path = join(base, `file-${mode}`);
    writeFileSync(path, 'old');
    chownSync(path, -1, otherGroup());
    chmodSync(path, mode);
    writeAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(modeOf(path)).toBe(mode);
    expect(statSync(path).gid).toBe(otherGroup());
  }
  expect(readdirSync(base).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('an executable gets its bits, and keeps the others', () => {
  const { base } = makeSetupUser();
  const path = join(base, 'hook');
  writeFileSync(path, 'old');
  chmodSync(path, 0o644);
  writeAtomically(path, 'new', { executable: true });
  expect(modeOf(path)).toBe(0o755);
});

test('a link stays a link, and what it leads to is written', () => {
  const { base } = makeSetupUser();
  mkdirSync(join(base, 'dotfiles'));
  writeFileSync(join(base, 'dotfiles/settings.json'), 'old');
  symlinkSync('dotfiles/settings.json', join(base, 'settings.json'));
  writeAtomically(join(base, 'settings.json'), 'new');
  expect(readlinkSync(join(base, 'settings.json'))).toBe('dotfiles/settings.json');
  expect(readFileSync(join(base, 'dotfiles/settings.json'), 'utf8')).toBe('new');
});

test('a link whose target is missing gets one', () => {
  const { base } = makeSetupUser();
  symlinkSync('later/settings.json', join(base, 'settings.json'));
  writeAtomically(join(base, 'settings.json'), 'new');
  expect(lstatSync(join(base, 'settings.json')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(base, 'later/settings.json'), 'utf8')).toBe('new');
});

test('a folder that a group shares passes its group and its bits on', () => {
  const { base } = makeSetupUser();
  const shared = join(base, 'shared');
  mkdirSync(shared);
  chownSync(shared, -1, otherGroup());
  chmodSync(shared, 0o2770);
  writeAtomically(join(shared, '.claude/docket/hook'), 'text', { executable: true });
  writeAtomically(join(shared, '.claude/docket.json'), 'text');
  expect(modeOf(join(shared, '.claude'))).toBe(0o2770);
  expect(modeOf(join(shared, '.claude/docket'))).toBe(0o2770);
  expect(modeOf(join(shared, '.claude/docket/hook'))).toBe(0o770);
  expect(modeOf(join(shared, '.claude/docket.json'))).toBe(0o660);
  expect(statSync(join(shared, '.claude/docket.json')).gid).toBe(otherGroup());
});

test('elsewhere a new file gets what the umask leaves', () => {
  const { base } = makeSetupUser();
  const before = process.umask(0o027);
  try {
    writeAtomically(join(base, 'a/hook'), 'text', { executable: true });
    writeAtomically(join(base, 'a/docket.json'), 'text');
  } finally {
    process.umask(before);
  }
  expect(modeOf(join(base, 'a/hook'))).toBe(0o750);
  expect(modeOf(join(base, 'a/docket.json'))).toBe(0o640);
});

test('what is not UTF-8 is refused rather than changed', () => {
  const { base } = makeSetupUser();
  const path = join(base, 'settings.json');
  writeFileSync(path, Buffer.from([0x7b, 0xff, 0x7d]));
  expect(() => readText(path)).toThrow(/is not UTF-8/);
  expect(readText(join(base, 'missing'))).toBeUndefined();
});

test('a folder in the way is a clear error', () => {
  const { base } = makeSetupUser();
  mkdirSync(join(base, 'docket.json/inside'), { recursive: true });
  const change = { path: join(base, 'docket.json'), before: undefined, after: 'text' };
  expect(() => applyChange(change)).toThrow(/cannot write .*docket\.json/);
  expect(readdirSync(base).filter((name) => name.startsWith('.'))).toEqual([]);
});
