import { expect, test } from 'vitest';
import { renderDue, renderMoment } from '../../../lib/render/text/moment.ts';

const iso = (month: number, day: number, hour = 0, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute).toISOString();
const now = iso(11, 28, 12);

test.for([
  [iso(11, 28), 'today'],
  [iso(11, 28, 14), 'today 14:00'],
  [iso(11, 29), 'tomorrow'],
  [iso(12, 1), 'Tue 1 Dec'],
  [iso(12, 1, 9, 5), 'Tue 1 Dec 09:05'],
  [iso(1, 1, 0, 0, 2028), 'Sat 1 Jan 2028'],
] as const)('%s is written %s', ([time, text]) => {
  expect(renderMoment(time, now)).toBe(text);
});

test('the end of a day is that day', () => {
  const end = new Date(new Date(iso(12, 2)).getTime() - 1).toISOString();
  expect(renderMoment(end, now)).toBe('Tue 1 Dec');
  expect(renderDue(end, now)).toBe('due Tue 1 Dec');
});

test('what is late says how much', () => {
  expect(renderDue(iso(11, 28, 11), now)).toBe('overdue 1 h');
  expect(renderDue(iso(11, 26, 12), now)).toBe('overdue 2 d');
  expect(renderDue(now, now)).toBe('overdue');
});
