import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  isBelow,
  isLink,
  isWithin,
  nearestRealPath,
  realPath,
  statOrUndefined,
} from '../../lib/filesystem/path-facts.ts';

test('a path lies below a folder by whole names', () => {
  expect(isBelow('/home/alice/web', '/home/alice')).toBe(true);
  expect(isBelow('/home/alice', '/')).toBe(true);
  expect(isBelow('/home/alicia', '/home/alice')).toBe(false);
  expect(isBelow('/home/alice', '/home/alice')).toBe(false);
  expect(isWithin('/home/alice', '/home/alice')).toBe(true);
  expect(isWithin('/home', '/home/alice')).toBe(false);
});

test('links are seen, followed as far as they lead, and never an error', () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-paths-')));
  onTestFinished(() => rmSync(base, { recursive: true }));
  const at = (name: string) => join(base, name);
  mkdirSync(at('folder'));
  writeFileSync(at('file'), 'x');
  symlinkSync(at('folder'), at('link'));
  symlinkSync(at('nowhere'), at('dangling'));
  symlinkSync(at('loop'), at('loop'));
  expect(['folder', 'file', 'link', 'dangling', 'loop', 'missing'].map(at).filter(isLink)).toEqual(
    ['link', 'dangling', 'loop'].map(at),
  );
  expect(realPath(at('link'))).toBe(at('folder'));
  for (const name of ['dangling', 'loop', 'missing', 'file/below']) {
    expect(realPath(at(name)), name).toBeUndefined();
  }
  expect(nearestRealPath(at('link/not/there'))).toBe(at('folder/not/there'));
  expect(statOrUndefined(at('missing'))).toBeUndefined();
  expect(statOrUndefined(at('loop'))).toBe('unreadable');
  expect(statOrUndefined(at('link'))).toMatchObject({ size: expect.any(Number) });
});
