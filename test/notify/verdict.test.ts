import { expect, test } from 'vitest';
import { judge } from '../../lib/notify/verdict.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

function answered(status: number, retryAfter?: string) {
  return judge({ kind: 'answered', status, retryAfter }, now);
}

test('only an answer from 200 to 299 is an acceptance', () => {
  const kinds = [199, 200, 204, 299, 300, 304, 101, 0].map((status) => answered(status).kind);
  expect(kinds).toEqual([
    ...['refused', 'accepted', 'accepted', 'accepted', 'refused', 'refused', 'refused', 'refused'],
  ]);
});

test('what says nothing of the event does not count towards giving it up', () => {
  const away = [408, 425, 429, 502, 503, 504].map((status) => answered(status).kind);
  expect(new Set(away)).toEqual(new Set(['away']));
  expect(judge({ kind: 'unreached', reason: 'x' }, now)).toMatchObject({ kind: 'away' });
  expect([400, 401, 404, 413].map((status) => answered(status).kind)).not.toContain('away');
  expect(answered(500).kind).toBe('failed');
  expect(judge({ kind: 'unanswered', reason: 'x' }, now)).toMatchObject({ kind: 'failed' });
  expect(answered(410).kind).toBe('gone');
});

test.each([
  ['120', 120_000],
  ['Sat, 21 Nov 2026 10:02:00 GMT', 120_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['-5', 0],
  ['1e9', 0],
  ['2026-11-21', 0],
  ['Sat, 99 Nov 2026 99:99:99 GMT', 0],
  ['', 0],
])('Retry-After %j asks for %i ms', (text, pause) => {
  expect(answered(429, text)).toMatchObject({ kind: 'away', pause });
});
