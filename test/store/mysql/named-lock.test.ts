import { expect, test } from 'vitest';
import { readLockAnswer, waitForLock } from '../../../lib/store/mysql/named-lock.ts';

const read = (row: Record<string, number | null>) => readLockAnswer({ rows: [row], found: 0 });

test('whoever holds the lock has its turn', () => {
  expect(read({ former: 7, held: 1, holder: 9, first: 0 })).toMatchObject({ isTurn: true });
});

test('a lock that nobody has is not stuck', () => {
  const free = { former: null, held: 0, holder: null, first: 1 };
  expect(read(free)).toEqual({ isHeld: false, isTurn: false });
});

test('behind a holder that sleeps only the first in the row has its turn', () => {
  const stuck = { former: 7, held: 0, holder: 7 };
  expect(read({ ...stuck, first: 1 })).toEqual({ isHeld: false, isTurn: true });
  expect(read({ ...stuck, first: null })).toEqual({ isHeld: false, isTurn: false });
  expect(read({ ...stuck, former: 6, first: 1 })).toEqual({ isHeld: false, isTurn: false });
});

test('a lock is held whatever the server calls the column that says so', async () => {
  const answering = (value: number | null) => ({
    send: async () => [{ rows: [{ "GET_LOCK('docket.1', 60)": value }], found: 0, hasRows: true }],
  });
  expect(await waitForLock(answering(1), 'tasks', 60)).toBe(true);
  expect(await waitForLock(answering(0), 'tasks', 60)).toBe(false);
  expect(await waitForLock(answering(null), 'tasks', 60)).toBe(false);
});
