import { expect, test } from 'vitest';
import { renderDuration, renderHours, renderMinutes } from '../../../lib/render/text/duration.ts';

test.for([
  [0, 'under 1 min'],
  [1, '1 min'],
  [59, '59 min'],
  [60, '1 h'],
  [61, '1 h 1 min'],
  [6_000, '100 h'],
] as const)('%i minutes are %s', ([minutes, words]) => {
  expect(renderMinutes(minutes)).toBe(words);
});

test('a bill has hours and two digits of minutes', () => {
  expect([0, 45, 60, 125].map(renderHours)).toEqual([
    '0 min',
    '45 min',
    '1 h 00 min',
    '2 h 05 min',
  ]);
});

test('what a correction takes away has one sign', () => {
  expect([-15, -60, -125].map(renderHours)).toEqual(['-15 min', '-1 h 00 min', '-2 h 05 min']);
});

test('a duration has one unit and at most one digit after the point', () => {
  expect([0.5, 25, 99.4, 210, 2_999, 3_024].map(renderDuration)).toEqual([
    ...['under 1 min', '25 min', '99 min', '3.5 h', '2.1 d', '2.1 d'],
  ]);
});
