import { expect, test } from 'vitest';
import type { Hindrance } from '../../lib/model/run/hindrance.ts';
import { Hold } from '../../lib/orchestrator/hold.ts';

const minute = 60_000;
const start = Date.parse('2026-11-21T10:00:00.000Z');
const overload: Hindrance = { cause: 'outage', message: '529 Overloaded', resetsAt: null };

function limitUntil(time: number): Hindrance {
  return { cause: 'limit', message: 'hit it', resetsAt: new Date(time).toISOString() };
}

test('pauses grow while no agent gets through, and end after some hours', () => {
  const hold = new Hold();
  const pauses: number[] = [];
  for (let now = start; !hold.isFinal; ) {
    const until = hold.hinder(overload, now);
    if (until === undefined) break;
    pauses.push((until - now) / minute);
    now = until;
  }
  expect(pauses).toEqual([0.5, 1, 2, 5, 10, 15, 15, 15, 15, 15, 15, 15, 15]);
  expect(hold).toMatchObject({ isFinal: true, hindrance: overload });
});

test('agents that are hindered together make one pause', () => {
  const hold = new Hold();
  const until = hold.hinder(overload, start);
  expect(hold.hinder(overload, start + 1_000)).toBeUndefined();
  expect(hold.isOn((until ?? 0) - 1)).toBe(true);
  expect(hold.isOn(until ?? 0)).toBe(false);
  expect(hold.hinder(overload, until ?? 0)).toBe((until ?? 0) + minute);
});

test('an agent that gets through begins the pauses anew, unless it began before them', () => {
  const hold = new Hold();
  const until = hold.hinder(overload, start) ?? 0;
  hold.pass(until - 1);
  expect(hold.hindrance).toEqual(overload);
  hold.pass(until);
  expect(hold.hindrance).toBeUndefined();
  expect(hold.hinder(overload, until)).toBe(until + minute / 2);
});

test('a limit is waited for until it ends, with a little more, as clocks differ', () => {
  const hold = new Hold();
  const end = start + 5 * 60 * minute;
  expect(hold.hinder(limitUntil(end), start)).toBe(end + 5_000);
  // Told by the next agent of the same wave: nothing is new.
  expect(hold.hinder(limitUntil(end), start + 10)).toBeUndefined();
});

test('a limit that is told late lengthens the pause', () => {
  const hold = new Hold();
  hold.hinder(overload, start);
  const end = start + 30 * minute;
  expect(hold.hinder(limitUntil(end), start + 1)).toBe(end + 5_000);
});

test('an end that is past by this clock, or is told again and again, does not make it spin', () => {
  const hold = new Hold();
  expect(hold.hinder(limitUntil(start - minute), start)).toBe(start + minute / 2);
  let now = start + minute;
  let times = 1;
  for (; !hold.isFinal && times < 100; times += 1)
    now = hold.hinder(limitUntil(now + 1), now) ?? now;
  expect(times).toBeLessThan(20);
});

test.each<Hindrance>([
  limitUntil(start + 7 * 60 * minute),
  { cause: 'access', message: 'Not logged in', resetsAt: null },
  { cause: 'agents', message: 'none', resetsAt: null },
])('waiting is no help against %j', (hindrance) => {
  const hold = new Hold();
  expect(hold.hinder(hindrance, start)).toBeUndefined();
  expect(hold.isFinal).toBe(true);
  hold.pass(start + minute);
  expect(hold.hindrance).toEqual(hindrance);
});
