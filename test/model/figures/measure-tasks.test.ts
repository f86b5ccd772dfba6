import { expect, test } from 'vitest';
import {
  measure,
  measureTasks,
  ratiosByComplexity,
  timesByAgent,
  timesByType,
  timesOf,
} from '../../../lib/model/figures/measure-tasks.ts';
import type { RunSample, TaskSample } from '../../../lib/model/figures/samples.ts';

const minute = 60_000;

function task(id: string, fields: Partial<TaskSample> = {}): TaskSample {
  return {
    id,
    type: 'implementation',
    complexity: null,
    estimatedMinutes: null,
    assignedAgent: null,
    clientId: null,
    projectId: null,
    startedAt: '2026-11-21T10:00:00.000Z',
    completedAt: '2026-11-21T11:00:00.000Z',
    ...fields,
  };
}

function run(taskId: string, agent: string, minutes: number, fields: Partial<RunSample> = {}) {
  const normal = { role: 'work', cycle: 1, verdict: null } as const;
  return { taskId, agent, activeMs: minutes * minute, ...normal, ...fields };
}

test('a task took from its start to its end, and was worked on in all of its runs', () => {
  const tasks = measureTasks([task('1'), task('2')], [run('1', 'A', 10), run('1', 'B', 5)]);
  expect(timesOf(tasks)).toEqual({
    tasks: 2,
    cycle: { count: 2, medianMinutes: 60, p90Minutes: 60 },
    active: { count: 1, medianMinutes: 15, p90Minutes: 15 },
  });
});

test('one that was closed without being started counts as done, and has no times', () => {
  const at = '2026-11-21T11:00:00.000Z';
  const tasks = measureTasks([task('1', { startedAt: at }), task('2', { startedAt: null })], []);
  expect(timesOf(tasks)).toEqual({ tasks: 2, cycle: null, active: null });
});

test('types come in their own order, and only those that there are', () => {
  const tasks = measureTasks([task('1', { type: 'bugfix' }), task('2', { type: 'research' })], []);
  expect(timesByType(tasks).map(({ type, tasks: count }) => [type, count])).toEqual([
    ['research', 1],
    ['bugfix', 1],
  ]);
});

test('each agent has the tasks it was at, its own work at them, and how that was judged', () => {
  const runs = [run('1', 'Coder', 10), run('1', 'Judge', 2, { role: 'review' })];
  const tasks = measureTasks([task('1'), task('2', { assignedAgent: 'Coder' })], runs);
  const judgements = [
    run('1', 'Coder', 10, { verdict: 'approved' }),
    run('3', 'Coder', 10, { verdict: 'rejected' }),
    run('3', 'Judge', 1, { role: 'review', verdict: 'rejected' }),
  ];
  expect(timesByAgent(tasks, judgements)).toEqual([
    {
      agent: 'Coder',
      tasks: 2,
      cycle: { count: 2, medianMinutes: 60, p90Minutes: 60 },
      active: { count: 1, medianMinutes: 10, p90Minutes: 10 },
      judged: 2,
      approved: 1,
    },
    {
      agent: 'Judge',
      tasks: 1,
      cycle: { count: 1, medianMinutes: 60, p90Minutes: 60 },
      active: { count: 1, medianMinutes: 2, p90Minutes: 2 },
      judged: 0,
      approved: 0,
    },
  ]);
});

test('work is compared with what was estimated, by complexity', () => {
  const tasks = measureTasks(
    [
      task('1', { complexity: 'simple', estimatedMinutes: 10 }),
      task('2', { complexity: 'simple', estimatedMinutes: 10 }),
      task('3', { estimatedMinutes: 20 }),
      task('4', { complexity: 'complex' }),
      task('5', { complexity: 'complex', estimatedMinutes: 0 }),
    ],
    ['1', '2', '3', '4', '5'].map((id, index) => run(id, '', (index + 1) * 10)),
  );
  expect(ratiosByComplexity(tasks)).toEqual([
    { complexity: 'simple', count: 2, medianRatio: 1.5 },
    { complexity: null, count: 1, medianRatio: 1.5 },
  ]);
});

test('times that are not known are left out', () => {
  expect(measure([undefined, 0])).toBeNull();
  expect(measure([undefined, minute, 3 * minute])).toEqual({
    count: 2,
    medianMinutes: 2,
    p90Minutes: 3,
  });
});
