import type { StatsAnswer, WeekCount } from '../../model/answers/stats.ts';
import { lastWeeks, type Week } from '../../model/day.ts';
import { measureBlocks, measureReviews } from '../../model/figures/measure-flow.ts';
import {
  type MeasuredTask,
  measureTasks,
  ratiosByComplexity,
  timesByAgent,
  timesByEntry,
  timesByType,
  timesOf,
} from '../../model/figures/measure-tasks.ts';
import type { Sample } from '../../model/figures/samples.ts';
import type { FilterIds } from '../../model/task/filter.ts';
import { foldText } from '../../model/task/search.ts';
import type { TaskType } from '../../model/task/task.ts';
import type { Dialect } from '../../store/contract.ts';
import {
  countCompleted,
  entrySlugs,
  type Measured,
  sampleBlocks,
  sampleRuns,
  sampleRunsOfTasks,
  sampleTasks,
} from '../../store/queries/stats.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, mapped, type Request, together } from '../../store/sql/request.ts';
import type { Scope } from '../scope.ts';
import { totalLimit } from './lists.ts';
import { idsOfNames, namesRequest } from './named-filter.ts';

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
  /** The names of the only client and project; empty text for none. */
  readonly client?: string | undefined;
  readonly project?: string | undefined;
  readonly limit?: number;
  /** The time zone in which weeks begin. */
  readonly timeZone?: string;
}

/**
 * Reads what tasks took in the last weeks, by type, agent, client and project, and what held them up.
 *
 * @throws DocketError `not_found` (client, project)
 */
export function readStats(scope: Scope, options: StatsOptions): Promise<StatsAnswer> {
  const { weeks: count, type, agent, limit = sampleLimit, timeZone = 'UTC' } = options;
  return scope.store.read(async (db) => {
    const { dialect } = db;
    const { workspaceId } = scope;
    const { client, project } = options;
    const [at, names] = await ask(
      db,
      together(clock(dialect), namesRequest(workspaceId, { client, project })),
    );
    const of = await idsOfNames(db, workspaceId, { client, project }, names);
    const isOfAll = [agent, of.clientId, of.projectId].every((each) => each === undefined);
    const weeks = lastWeeks(at, count, timeZone);
    const measured = { workspaceId, from: weeks[0]?.from ?? at, type, of, limit };
    const [taskSample, runsOfTasks, runs, blocks, counts, slugs] = await ask(
      db,
      together(
        sampleTasks(dialect, measured),
        sampleRunsOfTasks(dialect, measured),
        sampleRuns(dialect, measured),
        sampleBlocks(dialect, measured),
        isOfAll ? weekCounts(dialect, measured, weeks) : known(undefined),
        entrySlugs(workspaceId),
      ),
    );
    const isOf = nameTest(agent);
    const slugOf = (id: string | null | undefined) =>
      id === undefined ? null : id === null ? '' : (slugs.get(id) ?? '');
    const tasks = measureTasks(taskSample.rows, runsOfTasks).filter(
      (task) => isOfEntries(task, of) && [...task.byAgent.keys()].some(isOf),
    );
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
      client: slugOf(of.clientId),
      project: slugOf(of.projectId),
      throughput: counts ?? countSampled(tasks, weeks, taskSample),
      all: timesOf(tasks),
      byType: timesByType(tasks),
      byAgent: timesByAgent(tasks, runs.rows).filter((each) => isOf(each.agent)),
      byClient: timesByEntry(tasks, 'clientId', slugs).map(({ name, times }) => ({
        client: name,
        ...times,
      })),
      byProject: timesByEntry(tasks, 'projectId', slugs).map(({ name, times }) => ({
        project: name,
        ...times,
      })),
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

/** Whether a task is of the client and the project that are asked for. */
function isOfEntries(task: MeasuredTask, { clientId, projectId }: FilterIds): boolean {
  return (
    (clientId === undefined || task.clientId === clientId) &&
    (projectId === undefined || task.projectId === projectId)
  );
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
