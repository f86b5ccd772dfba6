import { expect, test } from 'vitest';
import {
  compareLevels,
  containerKeys,
  keysBelow,
  parentKey,
} from '../../../lib/model/task/key-tree.ts';

test('a key names the containers of its task', () => {
  expect(containerKeys('web-k3f9.2.11')).toEqual(['web-k3f9.2', 'web-k3f9']);
  expect(containerKeys('web-k3f9')).toEqual([]);
  expect(parentKey('web-k3f9.2.11')).toBe('web-k3f9.2');
  expect(parentKey('web-k3f9')).toBeNull();
});

test('the keys below a task are one range, which holds no other', () => {
  const { from, to } = keysBelow('web-k3f9.1');
  const isBelow = (key: string) => key >= from && key < to;
  expect(['web-k3f9.1.1', 'web-k3f9.1.10', 'web-k3f9.1.9.9'].every(isBelow)).toBe(true);
  expect(['web-k3f9.1', 'web-k3f9.10', 'web-k3f9.2', 'web-k3f9', 'web-k3f91'].some(isBelow)).toBe(
    false,
  );
});

test('levels come from the outside in, each in the order it was made', () => {
  const keys = ['web-b.10', 'web-b.2', 'web-a.1', 'web-b.2.1', 'web-b', 'web-b.10.1', 'web-a'];
  expect(keys.sort(compareLevels)).toEqual([
    'web-a',
    'web-b',
    'web-a.1',
    'web-b.2',
    'web-b.10',
    'web-b.2.1',
    'web-b.10.1',
  ]);
});
