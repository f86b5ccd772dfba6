import { expect, test } from 'vitest';
import {
  forgetList,
  isKnownList,
  knownListFiles,
  markKnownList,
} from '../../lib/state/known-list.ts';
import { freshStateFolder } from './folder.ts';

const id = { database: 'sqlite:/home/alice/docket.db', workspace: 'w' };

test('a list is known by its database and its workspace until it is forgotten', () => {
  const folder = freshStateFolder();
  expect(isKnownList(folder, id)).toBe(false);
  markKnownList(folder, id);
  markKnownList(folder, id);
  expect(isKnownList(folder, id)).toBe(true);
  expect(isKnownList(folder, { ...id, workspace: 'other' })).toBe(false);
  expect(isKnownList(folder, { ...id, database: 'sqlite:/other.db' })).toBe(false);
  expect(knownListFiles(folder, id)).toHaveLength(1);
  forgetList(folder, id);
  expect(isKnownList(folder, id)).toBe(false);
});

test('a state folder that cannot be written to makes no trouble', () => {
  markKnownList('/proc/docket', id);
  expect(isKnownList('/proc/docket', id)).toBe(false);
  forgetList('/proc/docket', id);
});
