import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileNameOf, readState, writeState } from '../../lib/state/state-file.ts';
import { anyCharacter } from '../render/nasty-text.ts';
import { freshStateFolder } from './folder.ts';

describe('a state file', () => {
  test('is written whole, for the person alone, and leaves no draft', () => {
    const folder = freshStateFolder();
    const path = join(folder, 'a/b.json');
    expect(writeState(path, { one: 1 })).toBe(true);
    expect(writeState(path, { two: 2 })).toBe(true);
    expect(readState(path)).toEqual({ two: 2 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'a'))).toEqual(['b.json']);
  });

  test('that is missing, broken or a folder counts as missing', () => {
    const folder = freshStateFolder();
    mkdirSync(join(folder, 'folder'), { recursive: true });
    for (const text of ['', '{', '\0\0', '{"until":']) {
      writeFileSync(join(folder, 'x'), text);
      expect(readState(join(folder, 'x'))).toBeUndefined();
    }
    expect(readState(join(folder, 'folder'))).toBeUndefined();
    expect(readState(join(folder, 'none'))).toBeUndefined();
    expect(readState(join(folder, 'x/below'))).toBeUndefined();
  });

  test('that cannot be written is said, and no error', () => {
    const folder = freshStateFolder();
    mkdirSync(join(folder, 'taken.json'), { recursive: true });
    writeFileSync(join(folder, 'file'), '');
    expect(writeState(join(folder, 'taken.json'), {})).toBe(false);
    expect(writeState(join(folder, 'file/x.json'), {})).toBe(false);
    expect(writeState(join(folder, 'x'), 10n)).toBe(false);
  });
});

describe('the name of a state file', () => {
  test('is a name in its folder, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (text) => {
        expect(fileNameOf(text)).toMatch(/^[A-Za-z0-9._-]{17,120}$/);
        expect(fileNameOf(text)).not.toMatch(/^\.*$/);
      }),
    );
  });

  test('tells texts apart that look alike', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 200 }), (texts) => {
        expect(new Set(texts.map(fileNameOf)).size).toBe(texts.length);
      }),
    );
    const long = 'x'.repeat(200);
    expect(fileNameOf(`${long}1`)).not.toBe(fileNameOf(`${long}2`));
    expect(fileNameOf('a/b')).not.toBe(fileNameOf('a_b'));
  });
});
