import type { RunsAnswer, RunView } from '../../model/answers/run.ts';
import { minutesOf, type Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { readJson } from '../stored-json.ts';
import { findTaskWith } from './find.ts';
import { viewerRequest } from './task.ts';

/**
 * Lists what each agent did at a task and at everything below it.
 *
 * @throws DocketError `not_found`
 */
export function listRuns(scope: Scope, key: string): Promise<RunsAnswer> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const { task, more: below } = await findTaskWith(db, {
      workspaceId,
      text: key,
      more: tasksBelow,
    });
    const keys = new Map([task, ...below].map(({ id, key }) => [id, key]));
    const [runs, viewer, at] = await ask(
      db,
      together(
        runsOf(db.dialect, [...keys.keys()]),
        viewerRequest([task], scope),
        clock(db.dialect),
      ),
    );
    const inOrder = [...runs].sort((a, b) =>
      `${a.startedAt} ${a.id}` < `${b.startedAt} ${b.id}` ? -1 : 1,
    );
    return {
      task: viewer(task),
      runs: inOrder.map((run) => viewRun(run, keys.get(run.taskId) ?? '')),
      at,
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
    clock: run.clock,
    proposedMinutes: run.proposedMinutes,
    activeMinutes: minutesOf(run.activeMs),
    costUsd: run.costMicros === null ? null : run.costMicros / 1_000_000,
    report: run.report === null ? null : readJson(run.report),
    error: run.error,
  };
}
