import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StatsAnswer } from '../../../lib/model/answers/stats.ts';
import { renderStats } from '../../../lib/render/figures/stats.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { anyCharacter } from '../nasty-text.ts';
import { reader } from '../task-view.ts';

const style = { width: 10, ascii: true };
const times = {
  cycle: { count: 3, medianMinutes: 125, p90Minutes: 3_000 },
  active: { count: 3, medianMinutes: 25.4, p90Minutes: 0.4 },
};
const size = { count: 3, isCut: false };

function stats(text = 'Coding Agent'): StatsAnswer {
  return {
    from: '2026-11-16T00:00:00.000Z',
    timeZone: 'UTC',
    type: null,
    agent: null,
    client: null,
    project: null,
    throughput: [
      { week: '2026-11-16T00:00:00.000Z', completed: 10, isAtLeast: false },
      { week: '2026-11-23T00:00:00.000Z', completed: 5, isAtLeast: false },
    ],
    all: { tasks: 15, ...times },
    byType: [
      { type: 'bugfix', tasks: 12, ...times },
      { type: 'research', tasks: 3, cycle: null, active: null },
    ],
    byAgent: [
      { agent: text, tasks: 12, ...times, judged: 4, approved: 3 },
      { agent: '', tasks: 3, ...times, judged: 0, approved: 0 },
    ],
    byClient: [
      { client: text, tasks: 12, ...times },
      { client: null, tasks: 3, ...times },
    ],
    byProject: [{ project: null, tasks: 15, ...times }],
    estimates: [
      { complexity: 'simple', count: 7, medianRatio: 1.25 },
      { complexity: null, count: 1, medianRatio: 2 },
    ],
    blocked: {
      count: 3,
      open: 1,
      times: { count: 3, medianMinutes: 60, p90Minutes: 90 },
      totalMinutes: 200,
      reasons: [{ reason: text, count: 1, totalMinutes: 90 }],
      otherReasons: 2,
    },
    reviews: {
      judged: 4,
      approved: 3,
      judgedFirst: 2,
      approvedFirst: 1,
      rounds: { tasks: 2, median: 1.5, p90: 2, most: 2 },
    },
    samples: { limit: 2_000, tasks: size, runs: size, blocks: size },
    at: reader.at,
  };
}

test('everything is said in tables, with bars for the weeks', () => {
  expect(renderStats(stats(), style)).toBe(`Completed since 2026-11-16: 15 tasks, by week
2026-11-16  ##########  10
2026-11-23  #####  5 so far

By type   tasks  cycle    p90  active          p90
bugfix       12  2.1 h  2.1 d  25 min  under 1 min
research      3      -      -       -            -
all          15  2.1 h  2.1 d  25 min  under 1 min

By agent      tasks  cycle    p90  active          p90  approved
Coding Agent     12  2.1 h  2.1 d  25 min  under 1 min    3 of 4
by hand           3  2.1 h  2.1 d  25 min  under 1 min         -

By client     tasks  cycle    p90  active          p90
Coding Agent     12  2.1 h  2.1 d  25 min  under 1 min
no client         3  2.1 h  2.1 d  25 min  under 1 min

Active time by estimate  median  tasks
simple                    1.25x      7
complexity not said          2x      1

Blocked 3 times (1 still), 3.3 h in all, median 60 min, p90 90 min
- 90 min, 1 time: Coding Agent
+2 more reasons

Reviews: 3 of 4 approved (75 %), at the first time 1 of 2 (50 %)
Rounds a task: median 1.5, p90 2, most 2`);
});

test('bars are drawn in eighths where the terminal has them', () => {
  const found = stats();
  found.throughput[1] = { ...found.throughput[1], completed: 4 } as (typeof found.throughput)[0];
  expect(renderStats(found, { width: 8, ascii: false })).toContain(
    '2026-11-16  ████████  10\n2026-11-23  ███▎  4 so far',
  );
});

test('what was counted to a limit, or measured on a part, is said', () => {
  const found = stats();
  const text = renderStats(
    {
      ...found,
      type: 'bugfix',
      agent: 'Coder',
      throughput: found.throughput.map((week) => ({ ...week, isAtLeast: true })),
      samples: { ...found.samples, tasks: { count: 2_000, isCut: true } },
    },
    style,
  );
  expect(text).toContain('Completed since 2026-11-16: 15+ tasks (bugfix, by Coder), by week');
  expect(text).toContain('  10+\n');
  expect(text).toContain('Measured on the newest 2000 completed tasks; there are more');
});

test('a list without a past has its weeks and nothing else', () => {
  const nothing: StatsAnswer = {
    ...stats(),
    throughput: [{ week: '2026-11-23T00:00:00.000Z', completed: 0, isAtLeast: false }],
    byType: [],
    byAgent: [],
    byClient: [],
    byProject: [],
    estimates: [],
    blocked: { count: 0, open: 0, times: null, totalMinutes: 0, reasons: [], otherReasons: 0 },
    reviews: { judged: 0, approved: 0, judgedFirst: 0, approvedFirst: 0, rounds: null },
  };
  expect(renderStats(nothing, style)).toBe(
    'Completed since 2026-11-16: 0 tasks, by week\n2026-11-23  0 so far',
  );
});

test('whatever an agent or a reason is called, the table stays one', () => {
  const usual = renderStats(stats(), style).split('\n').length;
  const obeyed = /[\p{Cc}\p{Zl}\p{Zp}]|<\//u;
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
      const lines = renderStats(stats(text), style).split('\n');
      expect(lines).toHaveLength(usual);
      // Not an expectation a line: thousands of them take seconds.
      const wrong = lines.filter((line) => obeyed.test(line) || displayWidth(line) >= 320);
      expect(wrong).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
