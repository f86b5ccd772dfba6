import { expect, test } from 'vitest';
import { suggestMinutes } from '../../../lib/model/billing/idle.ts';

const task = {
  id: 'root',
  parentId: null,
  billable: true,
  billableMinutes: null,
  billableMinutesBy: null,
};
const rule = 'measured';
const at = '2026-11-21T12:00:00.000Z';

function run(startedAt: string, finishedAt: string | null, activeMinutes: number) {
  const day = (time: string) => `2026-11-21T${time}:00.000Z`;
  return {
    taskId: 'root',
    startedAt: day(startedAt),
    finishedAt: finishedAt === null ? null : day(finishedAt),
    activeMs: activeMinutes * 60_000,
    ...{ agent: '', actor: 'alice', clock: null, proposedMinutes: null },
  };
}

test('a run of which idle time takes much is told with the time that it was held', () => {
  const runs = [run('09:00', '11:05', 60)];
  expect(suggestMinutes(task, { below: [], runs, rule, at })).toMatchObject({
    minutes: 60,
    heldMinutes: 125,
  });
});

test('a pause between two runs is no idle time, and a run under way is held until now', () => {
  const apart = [run('06:00', '06:30', 30), run('11:30', null, 30)];
  expect(suggestMinutes(task, { below: [], runs: apart, rule, at })?.heldMinutes).toBeNull();
  const open = [run('10:00', null, 30)];
  expect(suggestMinutes(task, { below: [], runs: open, rule, at })?.heldMinutes).toBe(120);
});

test('a little idle time is not worth a word', () => {
  const short = [run('11:00', '11:12', 3)];
  expect(suggestMinutes(task, { below: [], runs: short, rule, at })?.heldMinutes).toBeNull();
  const long = [run('06:00', '08:00', 100)];
  expect(suggestMinutes(task, { below: [], runs: long, rule, at })?.heldMinutes).toBeNull();
});

test('nothing is suggested where minutes were given, nothing is billed or nobody worked', () => {
  const runs = [run('09:00', '11:05', 60)];
  expect(suggestMinutes({ ...task, billableMinutes: 5 }, { below: [], runs, rule, at })).toBeNull();
  expect(suggestMinutes({ ...task, billable: false }, { below: [], runs, rule, at })).toBeNull();
  expect(suggestMinutes(task, { below: [], runs: [], rule, at })).toBeNull();
});
