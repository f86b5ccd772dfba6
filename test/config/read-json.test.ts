import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProject } from '../../lib/config/find-project.ts';
import { findCheckout } from '../../lib/config/git-folder.ts';
import { readJson } from '../../lib/config/read-json.ts';
import type { DocketError } from '../../lib/model/errors.ts';
import { freshFolder, write } from './folders.ts';

function makePipe(path: string): string {
  execFileSync('mkfifo', [path]);
  return path;
}

function errorOf(path: string): DocketError {
  try {
    readJson(path, (value) => value);
  } catch (error) {
    return error as DocketError;
  }
  return expect.unreachable();
}

test('what is no file, or a huge one, is an error at once', () => {
  const folder = freshFolder();
  expect(errorOf(makePipe(join(folder, 'pipe.json'))).message).toContain('is not a file');
  expect(errorOf(folder).message).toContain('is not a file');
  const huge = write(join(folder, 'huge.json'), `"${'x'.repeat(1024 * 1024)}"`);
  expect(errorOf(huge).message).toContain('is longer than');
  expect(readJson(join(folder, 'missing.json'), (value) => value)).toBeUndefined();
});

test('a broken file is quoted, but not what a link leads to', () => {
  const folder = freshFolder();
  const file = write(join(folder, 'own.json'), 'geheim');
  expect(errorOf(file).hint).toContain('geheim');
  symlinkSync(file, join(folder, 'link.json'));
  const { message, hint, cause } = errorOf(join(folder, 'link.json'));
  expect(`${message} ${hint} ${cause}`).not.toContain('geheim');
});

test('a pipe in the place of .git or of docket.json does not hold anything up', () => {
  const folder = freshFolder();
  makePipe(join(folder, '.git'));
  mkdirSync(join(folder, '.claude'));
  makePipe(join(folder, '.claude/docket.json'));
  expect(findCheckout(folder)?.root).not.toBe(folder);
  expect(findProject(folder, { HOME: '/' }).ignored[0]?.reason).toBe('it is not a file');
  const linked = join(folder, 'linked');
  write(join(linked, '.git'), 'gitdir: ../own\n');
  mkdirSync(join(folder, 'own'));
  makePipe(join(folder, 'own/commondir'));
  expect(findCheckout(linked)).toEqual({ root: linked, mainRoot: linked });
});

test('a .git file of a size that git never writes is none', () => {
  const folder = freshFolder();
  write(join(folder, '.git'), `gitdir: ../own${' '.repeat(70_000)}\n`);
  expect(findCheckout(folder)?.root).not.toBe(folder);
});
