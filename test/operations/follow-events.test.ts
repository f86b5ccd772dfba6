import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { EventView } from '../../lib/model/answers/task.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { followEvents } from '../../lib/operations/follow-events.ts';

function event(seq: number): EventView {
  const words = { verb: 'noted', actor: 'alice@one', session: 'a', agent: 'main' };
  const nothing = { task: null, title: null, old: null, new: null };
  return { seq, ...words, ...nothing, createdAt: '2026-01-01T00:00:00.000Z' };
}

/** Reads a history of events with the numbers 1 to `newest()`. */
function historyOf(newest: () => number) {
  return async (seq: number, limit: number) => {
    const count = Math.max(0, Math.min(limit, newest() - seq));
    const events = Array.from({ length: count }, (_, index) => event(seq + index + 1));
    return { events, seq: newest() };
  };
}

async function take(count: number, events: AsyncIterable<EventView>): Promise<readonly number[]> {
  const numbers: number[] = [];
  for await (const { seq } of events) {
    numbers.push(seq);
    if (numbers.length === count) break;
  }
  return numbers;
}

const never = new AbortController().signal;

test('events come once and in order, however many there are', async () => {
  const events = followEvents(
    historyOf(() => 250),
    { since: 20, signal: never },
  );
  expect(await take(230, events)).toEqual(Array.from({ length: 230 }, (_, index) => index + 21));
});

test('who names no event gets those that come from then on', async () => {
  let newest = 7;
  const events = followEvents(
    historyOf(() => newest),
    { signal: never },
  );
  const taken = take(2, events);
  await wait(50);
  newest = 9;
  expect(await taken).toEqual([8, 9]);
});

test('a quiet list is not asked again and again', async () => {
  let reads = 0;
  const end = new AbortController();
  const read = async () => {
    reads += 1;
    return { events: [], seq: 3 };
  };
  const taken = take(1, followEvents(read, { since: 3, signal: end.signal }));
  await wait(300);
  end.abort();
  expect(await taken).toEqual([]);
  expect(reads).toBeLessThanOrEqual(2);
});

test('an outage is told once and waited out, and no event is lost', async () => {
  const told: string[] = [];
  const history = historyOf(() => 101);
  let reads = 0;
  async function read(seq: number, limit: number) {
    reads += 1;
    if (reads === 2 || reads === 3) throw new DocketError('unreachable', 'the database is away');
    return history(seq, limit);
  }
  const onOutage = ({ message }: DocketError) => told.push(message);
  const events = followEvents(read, { since: 0, signal: never, onOutage });
  expect(await take(101, events)).toEqual(Array.from({ length: 101 }, (_, index) => index + 1));
  expect(told).toEqual(['the database is away']);
});

test('an error that is no outage ends the iteration', async () => {
  const events = followEvents(
    async () => {
      throw new DocketError('schema_too_new', 'needs a newer docket');
    },
    { since: 0, signal: never },
  );
  await expect(take(1, events)).rejects.toMatchObject({ code: 'schema_too_new' });
});

test('a signal ends the iteration at once: while it waits, in an outage, and before it began', async () => {
  const quiet = async () => ({ events: [], seq: 0 });
  const away = async () => {
    throw new DocketError('unreachable', 'the database is away');
  };
  for (const read of [quiet, away]) {
    const end = new AbortController();
    const taken = take(1, followEvents(read, { since: 0, signal: end.signal }));
    await wait(20);
    end.abort();
    expect(await taken).toEqual([]);
  }
  const ended = followEvents(quiet, { since: 0, signal: AbortSignal.abort() });
  expect(await take(1, ended)).toEqual([]);
});
