import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  hasEdits,
  hasTouchedSince,
  keepToldFiles,
  markEditor,
  readToldFiles,
  takeEdits,
} from '../../lib/state/edits.ts';
import { forgetOldSessions } from '../../lib/state/session-state.ts';
import { createEmpty } from '../../lib/state/state-file.ts';
import { freshStateFolder } from './folder.ts';

function note(folder: string, session: string, text: string): void {
  createEmpty(`${folder}/edits/${session}`);
  writeFileSync(`${folder}/edits/${session}`, text);
}

test('edits are taken once, and by each session its own', () => {
  const folder = freshStateFolder();
  note(folder, 'one', 'first\nsecond\n');
  note(folder, 'one-more', 'other\n');
  expect(hasEdits(folder, 'one')).toBe(true);
  const taken = takeEdits(folder, 'one');
  expect(taken?.lines).toEqual(['first', 'second']);
  taken?.settle();
  expect(hasEdits(folder, 'one')).toBe(false);
  expect(takeEdits(folder, 'one')).toBeUndefined();
  expect(hasEdits(folder, 'one-more')).toBe(true);
});

test('edits that could not be written are taken again, with those that came since', () => {
  const folder = freshStateFolder();
  note(folder, 'one', 'first\n');
  takeEdits(folder, 'one');
  expect(hasEdits(folder, 'one')).toBe(true);
  note(folder, 'one.77', 'of another process\n');
  expect(takeEdits(folder, 'one')?.lines.toSorted()).toEqual(['first', 'of another process']);
});

test('what cannot be written for long does not grow without an end', () => {
  const folder = freshStateFolder();
  for (let count = 0; count < 12; count += 1) note(folder, `one.${count}`, 'x\n');
  note(folder, 'one', 'new\n');
  expect(takeEdits(folder, 'one')?.lines).not.toContain('new');
  expect(readdirSync(`${folder}/edits`)).toContain('one');
});

test('a name that leads elsewhere is nobody’s, and what is no file holds nothing', () => {
  const folder = freshStateFolder();
  expect(hasEdits(folder, '../edits')).toBe(false);
  expect(takeEdits(folder, 'a b')).toBeUndefined();
  createEmpty(`${folder}/edits/one/inner`);
  expect(takeEdits(folder, 'one')?.lines).toEqual([]);
});

test('a session that has begun is marked for the launcher', () => {
  const folder = freshStateFolder();
  markEditor(folder, 'abc-123_X');
  expect(existsSync(`${folder}/editors/abc-123_X`)).toBe(true);
  markEditor(folder, '../abc');
  expect(readdirSync(`${folder}/editors`)).toEqual(['abc-123_X']);
});

test('what a session was told is remembered, and with it when it has last edited', () => {
  const folder = freshStateFolder();
  expect(readToldFiles(folder, 'one')).toEqual([]);
  expect(hasTouchedSince(folder, 'one', 0)).toBe(false);
  expect(keepToldFiles(folder, 'one', ['a', 'b'])).toBe(true);
  expect(readToldFiles(folder, 'one')).toEqual(['a', 'b']);
  expect(hasTouchedSince(folder, 'one', Date.now() - 60_000)).toBe(true);
  expect(hasTouchedSince(folder, 'one', Date.now() + 60_000)).toBe(false);
});

test('all of it goes with a session that ended long ago', () => {
  const folder = freshStateFolder();
  note(folder, 'one', 'x\n');
  note(folder, 'one.12', 'x\n');
  markEditor(folder, 'one');
  keepToldFiles(folder, 'one', []);
  const files = ['edits', 'editors', 'touched'].flatMap((name) =>
    readdirSync(join(folder, name)).map((file) => join(folder, name, file)),
  );
  expect(files).toHaveLength(4);
  for (const file of files) utimesSync(file, 0, 0);
  expect(statSync(files[0] ?? '').mtimeMs).toBe(0);
  forgetOldSessions(folder, Date.now());
  expect(files.filter((file) => existsSync(file))).toEqual([]);
});
