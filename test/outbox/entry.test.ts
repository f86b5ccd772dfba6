import { expect, test } from 'vitest';
import { isRequestId } from '../../lib/outbox/entry.ts';
import { makeId } from '../../lib/tracker/ids.ts';

test('a request id that a program makes up is one that can name a file of the queue', () => {
  expect(isRequestId(makeId())).toBe(true);
  const [id, path] = [makeId().toUpperCase(), `../${'-'.repeat(33)}`];
  expect(['', 'not one', id, path, `${makeId()}x`].filter(isRequestId)).toEqual([]);
});
