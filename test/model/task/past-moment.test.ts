import { expect, test } from 'vitest';
import { readPastMoment } from '../../../lib/model/task/moment.ts';

const now = new Date(2026, 10, 29, 12, 30);

function read(text: string, edge: 'start' | 'end' = 'end') {
  const moment = readPastMoment(text, edge, now);
  return moment !== undefined && 'time' in moment ? new Date(moment.time) : moment;
}

test('a day that was stands for its end or its beginning', () => {
  expect(read('2026-11-27')).toEqual(new Date(2026, 10, 27, 23, 59, 59, 999));
  expect(read('2026-11-27', 'start')).toEqual(new Date(2026, 10, 27));
  expect(read('yesterday')).toEqual(new Date(2026, 10, 28, 23, 59, 59, 999));
  expect(read('2 days ago', 'start')).toEqual(new Date(2026, 10, 27));
  for (const [short, long] of [
    ['2d', '2 days ago'],
    ['3h', '3 hours ago'],
    ['1w', '1 week ago'],
    ['20min', '20 min ago'],
  ] as const) {
    expect(read(short, 'start')).toEqual(read(long, 'start'));
  }
  expect(read('1 week ago')).toEqual(new Date(2026, 10, 22, 23, 59, 59, 999));
});

test('a day that is not over ends now', () => {
  expect(read('today')).toEqual(now);
  expect(read('today', 'start')).toEqual(new Date(2026, 10, 29));
  expect(read('2026-11-29')).toEqual(now);
});

test('minutes and hours count from now, and a time without a day is of today', () => {
  expect(read('20 min ago')).toEqual(new Date(2026, 10, 29, 12, 10));
  expect(read('3 hours ago')).toEqual(new Date(2026, 10, 29, 9, 30));
  expect(read('9:05')).toEqual(new Date(2026, 10, 29, 9, 5));
  expect(read('2026-11-28 10:02')).toEqual(new Date(2026, 10, 28, 10, 2));
  expect(read('2026-11-28T10:02:03Z')).toEqual(new Date('2026-11-28T10:02:03Z'));
});

test('a number is that of an event', () => {
  expect(read('412')).toEqual({ event: 412 });
  expect(read('#412')).toEqual({ event: 412 });
});

test('what is to come or no time was not', () => {
  for (const text of ['tomorrow', '+3d', '13:00', '2026-11-30', '', 'never', '2026-02-30', '-1']) {
    expect([text, read(text)]).toEqual([text, undefined]);
  }
});
