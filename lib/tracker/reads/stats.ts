import type { StatsAnswer, WeekCount } from '../../model/answers/stats.ts';
import { lastWeeks, type Week } from '../../model/day.ts';
import { measureBlocks, measureReviews } from '../../model/figures/measure-flow.ts';
import {
  type MeasuredTask,
  measureTasks,
  ratiosByComplexity,
  timesByAgent,
  timesByType,
  timesOf,
} from '../../model/figures/measure-tasks.ts';
import type { Sample } from '../../model/figures/samples.ts';
import { foldText } from '../../model/task/search.ts';
import type { TaskType } from '../../model/task/task.ts';
import type { Dialect } from '../../store/contract.ts';
import {
  countCompleted,
  type Measured,
  sampleBlocks,
  sampleRuns,
  sampleRunsOfTasks,
  sampleTasks,
} from '../../store/queries/stats.ts';
import { readClock } from '../../store/sql/clock.ts';
import { ask, known, mapped, type Request, together } from '../../store/sql/request.ts';
import type { Scope } from '../scope.ts';
import { totalLimit } from './lists.ts';

/**
 * The number of tasks, runs and blocks, the newest, whose times are measured: any list costs the
 * same.
 */
const sampleLimit = 2_000;

export interface StatsOptions {
  /** The number of weeks, the one under way included. */
  readonly weeks: number;
  readonly type?: TaskType | undefined;
  /** The display name, in whatever case, of the only agent to measure. */
  readonly agent?: string | undefined;
  readonly limit?: number;
  /** The time zone in which weeks begin. */
  readonly timeZone?: string;
}

/** Reads what tasks took in the last weeks, by type and agent, and what held them up. */
export function readStats(scope: Scope, options: StatsOptions): Promise<StatsAnswer> {
  const { weeks: count, type, agent, limit = sampleLimit, timeZone = 'UTC' } = options;
  return scope.store.read(async (db) => {
    const { dialect } = db;
    const at = await readClock(db);
    const weeks = lastWeeks(at, count, timeZone);
    const measured = { workspaceId: scope.workspaceId, from: weeks[0]?.from ?? at, type, limit };
    const [taskSample, runsOfTasks, runs, blocks, counts] = await ask(
      db,
      together(
        sampleTasks(dialect, measured),
        sampleRunsOfTasks(dialect, measured),
        sampleRuns(dialect, measured),
        sampleBlocks(dialect, measured),
        agent === undefined ? weekCounts(dialect, measured, weeks) : known(undefined),
      ),
    );
    const isOf = nameTest(agent);
    const all = measureTasks(taskSample.rows, runsOfTasks);
    const tasks = all.filter(({ byAgent }) => [...byAgent.keys()].some(isOf));
    // Blocks have no agent; those of the tasks that the agent worked at count.
    const touched = new Set([
      ...tasks.map(({ id }) => id),
      ...runs.rows.filter((run) => isOf(run.agent)).map(({ taskId }) => taskId),
    ]);
    const ownBlocks = blocks.rows.filter(
      ({ taskId }) => agent === undefined || touched.has(taskId),
    );
    return {
      from: measured.from,
      timeZone,
      type: type ?? null,
      agent: agent ?? null,
      throughput: counts ?? countSampled(tasks, weeks, taskSample),
      all: timesOf(tasks),
      byType: timesByType(tasks),
      byAgent: timesByAgent(tasks, runs.rows).filter((each) => isOf(each.agent)),
      estimates: [...ratiosByComplexity(tasks)],
      blocked: measureBlocks(ownBlocks, at),
      reviews: measureReviews(runs.rows.filter((run) => isOf(run.agent))),
      samples: {
        limit,
        tasks: sizeOf(taskSample),
        runs: sizeOf(runs),
        blocks: sizeOf(blocks),
      },
      at,
    };
  });
}

/** Tests an agent against the one that is asked for; every agent passes when none is. */
function nameTest(wanted: string | undefined): (agent: string) => boolean {
  if (wanted === undefined) return () => true;
  const name = foldText(wanted.trim());
  return (agent) => foldText(agent) === name;
}

function weekCounts(
  dialect: Dialect,
  measured: Measured,
  weeks: readonly Week[],
): Request<WeekCount[]> {
  return mapped(
    countCompleted(dialect, measured, { spans: weeks, countTo: totalLimit }),
    (counts) =>
      weeks.map(({ from: week }, index) => {
        const completed = counts[index] ?? 0;
        return { week, completed, isAtLeast: completed >= totalLimit };
      }),
  );
}

/**
 * Counts the completed tasks of the sample by week. Only the sample tells who did a task, so a week
 * before its oldest one may have had more.
 */
function countSampled(
  tasks: readonly MeasuredTask[],
  weeks: readonly Week[],
  { rows, isCut }: Sample<{ readonly completedAt: string }>,
): WeekCount[] {
  const oldest = rows.at(-1)?.completedAt ?? '';
  return weeks.map(({ from: week, to: end }) => {
    const completed = tasks.filter(
      ({ completedAt }) => completedAt >= week && completedAt < end,
    ).length;
    return { week, completed, isAtLeast: isCut && week <= oldest };
  });
}

function sizeOf({ rows, isCut }: Sample<unknown>): { count: number; isCut: boolean } {
  return { count: rows.length, isCut };
}
