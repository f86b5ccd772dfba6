import { expect, test } from 'vitest';
import { findNearest } from '../../lib/model/nearest.ts';

const known = ['list', 'link', 'close', 'checklist', 'release', 'reopen'];

test.for([
  ['lst', 'list'],
  ['lsit', 'list'],
  ['colse', 'close'],
  ['relase', 'release'],
  ['check', 'checklist'],
  ['reopn', 'reopen'],
])('%s is near %s', ([word = '', nearest]) => {
  expect(findNearest(word, known)).toBe(nearest);
});

test.for(['', 'x', 'todo', 'frobnicate'])('%j is near nothing', (word) => {
  expect(findNearest(word, known)).toBeUndefined();
});
