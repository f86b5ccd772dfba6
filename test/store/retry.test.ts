import { expect, test } from 'vitest';
import { StoreError } from '../../lib/store/errors.ts';
import { retryBusy } from '../../lib/store/retry.ts';

/** Fails so many times with what it is given, and then succeeds. */
function failing(times: number, code: StoreError['code']) {
  let runs = 0;
  const work = async () => {
    runs += 1;
    if (runs <= times) throw new StoreError(code, `lost ${runs}`);
    return runs;
  };
  return { work, runs: () => runs };
}

test.for(['conflict', 'duplicate'] as const)('a %s is tried again', async (code) => {
  expect(await retryBusy(failing(3, code).work)).toBe(4);
});

test.for(['invariant', 'unreachable', 'denied', 'contention', 'failed'] as const)(
  '%s is not',
  async (code) => {
    const { work, runs } = failing(1, code);
    await expect(retryBusy(work)).rejects.toMatchObject({ code });
    expect(runs()).toBe(1);
  },
);

test('an error of the caller’s own is not', async () => {
  const mine = new TypeError('mine');
  await expect(retryBusy(() => Promise.reject(mine))).rejects.toBe(mine);
});

test('who loses for too long is told so, with what was lost last', async () => {
  const { work, runs } = failing(1_000, 'conflict');
  let time = 0;
  // Each attempt waited five seconds for a lock.
  const clock = () => {
    time += 5_000;
    return time;
  };
  await expect(retryBusy(work, { clock })).rejects.toMatchObject({
    code: 'contention',
    cause: { message: 'lost 12' },
  });
  expect(runs()).toBe(12);
});
