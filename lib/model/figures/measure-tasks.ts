import type { AgentStats, EstimateStats, Measure, StatsAnswer } from '../answers/stats.ts';
import { median, percentile } from '../quantile.ts';
import { complexities, taskTypes } from '../task/types.ts';
import type { RunSample, TaskSample } from './samples.ts';

/** A completed task with what its runs say. */
export interface MeasuredTask extends TaskSample {
  /** Milliseconds from the first start; undefined where it was closed without being started. */
  readonly cycleMs: number | undefined;
  /** Milliseconds of work; undefined where none was recorded. */
  readonly activeMs: number | undefined;
  /** Milliseconds of work by agent. */
  readonly byAgent: ReadonlyMap<string, number>;
}

/** Joins tasks with their runs. */
export function measureTasks(
  tasks: readonly TaskSample[],
  runs: readonly RunSample[],
): readonly MeasuredTask[] {
  const byTask = new Map<string, Map<string, number>>();
  for (const { taskId, agent, activeMs } of runs) {
    const agents = byTask.get(taskId) ?? new Map<string, number>();
    agents.set(agent, (agents.get(agent) ?? 0) + activeMs);
    byTask.set(taskId, agents);
  }
  return tasks.map((task) => {
    const byAgent = byTask.get(task.id) ?? new Map([[task.assignedAgent ?? '', 0]]);
    const active = [...byAgent.values()].reduce((sum, each) => sum + each, 0);
    const cycle = Date.parse(task.completedAt) - Date.parse(task.startedAt ?? task.completedAt);
    return {
      ...task,
      byAgent,
      cycleMs: cycle > 0 ? cycle : undefined,
      activeMs: active > 0 ? active : undefined,
    };
  });
}

export function timesOf(tasks: readonly MeasuredTask[]): StatsAnswer['all'] {
  return {
    tasks: tasks.length,
    cycle: measure(tasks.map(({ cycleMs }) => cycleMs)),
    active: measure(tasks.map(({ activeMs }) => activeMs)),
  };
}

/** Measures each type that occurs, in the order of the types. */
export function timesByType(tasks: readonly MeasuredTask[]): StatsAnswer['byType'] {
  return taskTypes
    .map((type) => ({ type, ...timesOf(tasks.filter((task) => task.type === type)) }))
    .filter(({ tasks: count }) => count > 0);
}

/**
 * Measures the tasks of each client, or of each project, those with most tasks first, and at last
 * those without one.
 *
 * @param slugs by id
 * @returns the name null for the tasks without one.
 */
export function timesByEntry(
  tasks: readonly MeasuredTask[],
  column: 'clientId' | 'projectId',
  slugs: ReadonlyMap<string, string>,
): readonly { readonly name: string | null; readonly times: StatsAnswer['all'] }[] {
  const parts = Map.groupBy(tasks, (task) => slugs.get(task[column] ?? '') ?? null);
  const rank = ({
    name,
    times,
  }: {
    readonly name: string | null;
    readonly times: { readonly tasks: number };
  }) => (name === null ? 1 : -times.tasks);
  return [...parts]
    .map(([name, own]) => ({ name, times: timesOf(own) }))
    .sort((a, b) => rank(a) - rank(b) || (String(a.name) < String(b.name) ? -1 : 1));
}

/**
 * Measures each agent that worked on a completed task, those with most tasks first: the cycle times
 * of these tasks and the agent's own work.
 */
export function timesByAgent(
  tasks: readonly MeasuredTask[],
  judgements: readonly RunSample[],
): readonly AgentStats[] {
  const judged = judgements.filter(({ role, verdict }) => role === 'work' && verdict !== null);
  const names = new Set([
    ...tasks.flatMap(({ byAgent }) => [...byAgent.keys()]),
    ...judged.map(({ agent }) => agent),
  ]);
  return [...names]
    .map((agent) => {
      const own = tasks.filter(({ byAgent }) => byAgent.has(agent));
      const ofOwn = judged.filter((run) => run.agent === agent);
      return {
        agent,
        tasks: own.length,
        cycle: measure(own.map(({ cycleMs }) => cycleMs)),
        active: measure(own.map(({ byAgent }) => byAgent.get(agent))),
        judged: ofOwn.length,
        approved: ofOwn.filter(({ verdict }) => verdict === 'approved').length,
      };
    })
    .sort((a, b) => b.tasks - a.tasks || (a.agent < b.agent ? -1 : 1));
}

/** Compares the time that tasks took with their estimates, by complexity. */
export function ratiosByComplexity(tasks: readonly MeasuredTask[]): readonly EstimateStats[] {
  return [...complexities, null].flatMap((complexity) => {
    const ratios = tasks
      .filter((task) => task.complexity === complexity)
      .flatMap(({ estimatedMinutes, activeMs }) =>
        estimatedMinutes && activeMs ? [activeMs / 60_000 / estimatedMinutes] : [],
      );
    const middle = median(ratios);
    if (middle === undefined) return [];
    return [{ complexity, count: ratios.length, medianRatio: Math.round(middle * 100) / 100 }];
  });
}

/** Measures the times that are known; null when none is. */
export function measure(times: readonly (number | undefined)[]): Measure | null {
  const known = times.filter((time): time is number => time !== undefined && time > 0);
  const [middle, most] = [median(known), percentile(known, 90)];
  if (middle === undefined || most === undefined) return null;
  return { count: known.length, medianMinutes: toMinutes(middle), p90Minutes: toMinutes(most) };
}

/** Converts milliseconds to minutes with one digit after the point. */
export function toMinutes(milliseconds: number): number {
  return Math.round(milliseconds / 6_000) / 10;
}
