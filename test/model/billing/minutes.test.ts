import { expect, test } from 'vitest';
import { billedTime, partsOfTask, roundToBill } from '../../../lib/model/billing/minutes.ts';
import type { MinutesRuleName } from '../../../lib/model/registry/minutes-rule.ts';

const said = { billableMinutes: null, billableMinutesBy: null };
const root = { id: 'root', parentId: null, billable: true, ...said };
const first = { ...root, id: 'first', parentId: 'root' };
const second = { ...root, id: 'second', parentId: 'root' };
const run = { agent: 'Coding Agent', actor: 'alice', clock: null, proposedMinutes: null };
const minute = 60_000;

type Worked = Parameters<typeof partsOfTask>[2]['worked'];

function worked(taskId: string, ...seconds: readonly number[]): Worked {
  return seconds.map((each) => ({ ...run, taskId, activeMs: each * 1_000 }));
}

function parts(
  task: Parameters<typeof partsOfTask>[0],
  below: Parameters<typeof partsOfTask>[1],
  runs: Worked,
  rule: MinutesRuleName = 'measured',
) {
  return partsOfTask(task, below, { worked: runs, rule });
}

function seconds(...given: Parameters<typeof parts>) {
  return billedTime(parts(...given)) / 1_000;
}

test('time is added up in milliseconds over all runs and tasks', () => {
  const runs = [...worked('first', 10, 10, 10), ...worked('second', 80, 80)];
  expect(seconds(root, [first, second], runs)).toBe(190);
  expect(seconds(root, [first, second], [...runs, ...worked('root', 5.5)])).toBe(195.5);
  expect(seconds(root, [first, second], [])).toBe(0);
});

test.for([
  ['up', 1, 1],
  ['up', 15, 15],
  ['nearest', 1, 0],
] as const)(
  'twelve steps of 1.4 s, rounded %s to %i min, are billed as %i min',
  ([roundingMode, roundingMinutes, billed]) => {
    const steps = Array.from({ length: 12 }, (_, index) => ({ ...first, id: `step${index}` }));
    const runs = steps.flatMap(({ id }) => worked(id, 1.4));
    const time = billedTime(parts(root, steps, runs));
    expect(roundToBill(time, { roundingMode, roundingMinutes })).toBe(billed);
  },
);

test('what somebody said takes the place of what was measured there and below', () => {
  const below = [first, { ...second, billableMinutes: 45 }];
  const runs = [...worked('first', 120), ...worked('second', 600)];
  expect(seconds(root, below, runs)).toBe(47 * 60);
  expect(seconds({ ...root, billableMinutes: 0 }, below, runs)).toBe(0);
  expect(seconds(root, [first, { ...second, billable: false }], runs)).toBe(2 * 60);
});

test('what agents propose is billed where the rule says so, run by run, and is known elsewhere', () => {
  const runs = [
    ...worked('first', 120),
    ...worked('second', 600).map((each) => ({ ...each, proposedMinutes: 30 })),
  ];
  const proposed = { from: 'proposed', by: 'Coding Agent', ms: 30 * minute } as const;
  expect(parts(root, [first, second], runs)).toEqual([
    { from: 'measured', by: null, ms: 12 * minute, billed: true },
    { ...proposed, billed: false },
  ]);
  expect(parts(root, [first, second], runs, 'proposed')).toEqual([
    { from: 'measured', by: null, ms: 2 * minute, billed: true },
    { from: 'measured', by: null, ms: 10 * minute, billed: false },
    { ...proposed, billed: true },
  ]);
});

test("a person's word decides over every rule, and an agent's nothing is a proposal too", () => {
  const runs = worked('root', 600).map((each) => ({ ...each, proposedMinutes: 0 }));
  expect(seconds(root, [], runs)).toBe(600);
  expect(seconds(root, [], runs, 'proposed')).toBe(0);
  const task = { ...root, billableMinutes: 45, billableMinutesBy: 'alice' };
  expect(parts(task, [], runs, 'proposed')).toEqual([
    { from: 'said', by: 'alice', ms: 45 * minute, billed: true },
    { from: 'measured', by: null, ms: 10 * minute, billed: false },
    { from: 'proposed', by: 'Coding Agent', ms: 0, billed: false },
  ]);
  const corrected = runs.map((each) => ({ ...each, clock: 'said' as const, proposedMinutes: 5 }));
  expect(parts(root, [], corrected, 'proposed')).toMatchObject([
    { from: 'said', by: 'alice', ms: 10 * minute, billed: true },
    { from: 'proposed', billed: false },
  ]);
});

test('a rule of a newer docket is refused', () => {
  const newer = 'split' as MinutesRuleName;
  expect(() => parts(root, [], [], newer)).toThrow(
    expect.objectContaining({ code: 'schema_too_new' }),
  );
});

test.for([
  [31, 15, 'up', 45],
  [30.4, 15, 'up', 30],
  [0, 15, 'up', 0],
  [4.5, 10, 'nearest', 0],
  [30, 15, 'up', 30],
  [37, 15, 'nearest', 30],
  [38, 15, 'nearest', 45],
  [5, 10, 'nearest', 10],
] as const)('%d min in steps of %i, rounded %s, are %i', ([minutes, step, mode, rounded]) => {
  const client = { roundingMinutes: step, roundingMode: mode };
  expect(roundToBill(minutes * 60_000, client)).toBe(rounded);
});
