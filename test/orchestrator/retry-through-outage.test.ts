import { expect, test } from 'vitest';
import type { Progress } from '../../lib/model/answers/progress.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { retryThroughOutage } from '../../lib/orchestrator/retry-through-outage.ts';

const away = new DocketError('unreachable', 'the database is away');

test('what fails in passing is tried again, and told once', async () => {
  const told: Progress[] = [];
  let calls = 0;
  const result = await retryThroughOutage(
    async () => {
      calls += 1;
      if (calls < 3) throw away;
      return 'done';
    },
    { what: 'web-k3f9', onProgress: (each) => told.push(each) },
  );
  expect([result, calls]).toEqual(['done', 3]);
  expect(told.map(({ kind }) => kind)).toEqual(['retrying']);
});

test('who stops the orchestrator does not wait for a database that is away', async () => {
  const stop = new AbortController();
  const outage = retryThroughOutage(() => Promise.reject(away), {
    what: 'web-k3f9',
    onProgress: () => stop.abort(),
    signal: stop.signal,
  });
  await expect(outage).rejects.toBe(away);
});
