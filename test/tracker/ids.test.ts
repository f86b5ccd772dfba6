import { expect, test } from 'vitest';
import { idSource, makeId } from '../../lib/tracker/ids.ts';

const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids are UUIDs of version 7 that sort by the order in which they were made', () => {
  const ids = Array.from({ length: 5_000 }, () => makeId());
  for (const id of ids) expect(id).toMatch(version7);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test('the ids of a request follow from it, in their order and with its time', () => {
  const request = makeId();
  const take = (id: string) => Array.from({ length: 300 }, idSource(id));
  const ids = take(request);
  expect(take(request)).toEqual(ids);
  for (const id of ids) expect(id).toMatch(version7);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids.map((id) => id.slice(0, 13)))).toEqual(new Set([request.slice(0, 13)]));
  expect(take(makeId()).filter((id) => ids.includes(id))).toEqual([]);
});
