import type { RunsAnswer, RunView } from '../../model/answers/run.ts';
import { minutesOf, type Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { readClock } from '../../store/sql/clock.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findBelow } from '../derive/tree.ts';
import type { Scope } from '../scope.ts';
import { readJson } from '../stored-json.ts';
import { findTask } from './find.ts';
import { viewTask } from './task.ts';

/** What each agent did at a task and at everything below it. @throws DocketError `not_found` */
export function listRuns(scope: Scope, key: string): Promise<RunsAnswer> {
  return scope.store.read(async (db) => {
    const task = await findTask(db, scope.workspaceId, key);
    const tasks = [task, ...(await findBelow(db, [task.id]))];
    const keys = new Map(tasks.map(({ id, key }) => [id, key]));
    const runs = await findRuns(db, [...keys.keys()]);
    const inOrder = [...runs].sort((a, b) =>
      `${a.startedAt} ${a.id}` < `${b.startedAt} ${b.id}` ? -1 : 1,
    );
    return {
      task: await viewTask(db, scope, task.id),
      runs: inOrder.map((run) => viewRun(run, keys.get(run.taskId) ?? '')),
      at: await readClock(db),
    };
  });
}

export function viewRun(run: Run, key: Task['key']): RunView {
  return {
    id: run.id,
    task: key,
    agent: run.agent,
    role: run.role,
    attempt: run.attempt,
    cycle: run.cycle,
    status: run.status,
    verdict: run.verdict,
    session: run.session,
    agentId: run.agentId,
    actor: run.actor,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    activeMs: run.activeMs,
    activeMinutes: minutesOf(run.activeMs),
    costUsd: run.costMicros === null ? null : run.costMicros / 1_000_000,
    report: run.report === null ? null : readJson(run.report),
    error: run.error,
  };
}
