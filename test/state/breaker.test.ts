import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  isLikelyAway,
  isOpen,
  readBreaker,
  resetBreaker,
  tripBreaker,
} from '../../lib/state/breaker.ts';
import { freshStateFolder } from './folder.ts';

const id = { database: 'mysql://127.0.0.1:3306/tasks', workspace: 'w' };
const start = Date.UTC(2026, 10, 21);

test('pauses double from 5 s to 60 s while the outage goes on', () => {
  const folder = freshStateFolder();
  let now = start;
  const pauses: number[] = [];
  for (let failure = 0; failure < 6; failure += 1) {
    tripBreaker(folder, id, { now, reason: `failure ${failure}` });
    const breaker = readBreaker(folder, id);
    if (breaker === undefined) throw new Error('no breaker');
    expect(breaker).toMatchObject({ since: start, reason: `failure ${failure}` });
    pauses.push(breaker.pause);
    expect(isOpen(breaker, breaker.until - 1)).toBe(true);
    expect(isOpen(breaker, breaker.until)).toBe(false);
    now = breaker.until;
  }
  expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test('of many hooks that fail at once one sets the pause', () => {
  const folder = freshStateFolder();
  for (let hook = 0; hook < 50; hook += 1)
    tripBreaker(folder, id, { now: start + hook, reason: 'x' });
  expect(readBreaker(folder, id)).toMatchObject({ pause: 5_000, until: start + 5_000 });
});

test('is closed by a reset, and begins again with the shortest pause', () => {
  const folder = freshStateFolder();
  tripBreaker(folder, id, { now: start, reason: 'x' });
  resetBreaker(folder, id);
  expect(readBreaker(folder, id)).toBeUndefined();
  expect(isOpen(undefined, start)).toBe(false);
  resetBreaker(folder, id);
  tripBreaker(folder, id, { now: start, reason: 'x' });
  expect(readBreaker(folder, id)?.pause).toBe(5_000);
});

test('a clock that was set back does not keep it open', () => {
  const folder = freshStateFolder();
  tripBreaker(folder, id, { now: start, reason: 'x' });
  const breaker = readBreaker(folder, id);
  expect(isOpen(breaker, start - 3_600_000)).toBe(false);
});

test('a database that was away is likely still away for a minute after the pause', () => {
  const folder = freshStateFolder();
  tripBreaker(folder, id, { now: start, reason: 'refused' });
  const breaker = readBreaker(folder, id);
  const after = [0, 5_000, 65_000, 65_001].map((wait) => isLikelyAway(breaker, start + wait));
  expect(after).toEqual([true, true, true, false]);
  expect(isLikelyAway(breaker, start - 3_600_000)).toBe(false);
  expect(isLikelyAway(undefined, start)).toBe(false);
});

test('each database and each workspace has its own', () => {
  const folder = freshStateFolder();
  tripBreaker(folder, id, { now: start, reason: 'x' });
  expect(readBreaker(folder, { ...id, workspace: 'v' })).toBeUndefined();
  expect(readBreaker(folder, { ...id, database: `${id.database}2` })).toBeUndefined();
});

test.each([
  { until: 1, pause: 1 },
  { until: 1, pause: 1, since: 'x', reason: 'y' },
  { until: 1, pause: 1, since: 1e300, reason: 'y' },
])('a half-right file counts as missing: %j', (content) => {
  const folder = freshStateFolder();
  tripBreaker(folder, id, { now: start, reason: 'x' });
  const [name = ''] = readdirSync(join(folder, 'breakers'));
  writeFileSync(join(folder, 'breakers', name), JSON.stringify(content));
  expect(readBreaker(folder, id)).toBeUndefined();
});
