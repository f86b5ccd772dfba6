import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forgetOutage, isOutageNotified, markOutageNotified } from '../../lib/state/outage-mark.ts';
import { freshStateFolder } from './folder.ts';

test('an outage is told to each session, until it is over for it', () => {
  const folder = freshStateFolder();
  expect(isOutageNotified(folder, 'a')).toBe(false);
  expect(markOutageNotified(folder, 'a')).toBe(true);
  expect(markOutageNotified(folder, '../a')).toBe(true);
  expect([isOutageNotified(folder, 'a'), isOutageNotified(folder, 'b')]).toEqual([true, false]);
  forgetOutage(folder, 'a');
  expect([isOutageNotified(folder, 'a'), isOutageNotified(folder, '../a')]).toEqual([false, true]);
});

test('where nothing can be kept, it says so', () => {
  const folder = freshStateFolder();
  mkdirSync(folder);
  writeFileSync(join(folder, 'outages'), 'a file in its place');
  expect(markOutageNotified(folder, 'a')).toBe(false);
  expect(isOutageNotified(folder, 'a')).toBe(false);
  forgetOutage(folder, 'a');
});

test('a mark that cannot be taken away does no harm', () => {
  const folder = freshStateFolder();
  markOutageNotified(folder, 'a');
  const [name = ''] = readdirSync(join(folder, 'outages'));
  rmSync(join(folder, 'outages', name));
  mkdirSync(join(folder, 'outages', name));
  forgetOutage(folder, 'a');
  expect(isOutageNotified(folder, 'a')).toBe(true);
});
