import type { OverviewAnswer, OverviewHeld } from '../../model/answers/overview.ts';
import { withAbsence } from '../../model/liveness.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import { dayOf, startOfDay } from '../../model/time-zone.ts';
import type { Dialect } from '../../store/contract.ts';
import {
  type FinishedRow,
  finishedSince,
  type LineRow,
  linesInQueue,
  type PlanRow,
  plansOfStatus,
} from '../../store/queries/overview.ts';
import { lastNotes } from '../../store/queries/recap.ts';
import { countCompleted } from '../../store/queries/stats.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, mapped, type Request, together } from '../../store/sql/request.ts';
import { blockStarts } from '../../store/tables/blocks.ts';
import { countScheduled } from '../../store/tables/ready.ts';
import { sessionsByIds } from '../../store/tables/sessions.ts';
import { progressOf, titlesByKeys } from '../../store/tables/task-lookups.ts';
import { workspaceById } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import { totalLimit } from './lists.ts';

/** The number of tasks that each part names; the others are counted. */
const named = {
  ...{ mine: 10, others: 10, abandoned: 6, blocked: 6, ready: 10, plans: 6, finished: 6 },
} as const;

/** The number of tasks in progress that are looked at to tell whose they are. */
const claimsLookedAt = 100;

/** The number of tasks under way, steps included, that are looked at to find the plans. */
const plansLookedAt = 500;

const endOfTime = '9999-12-31T00:00:00.000Z';

export interface OverviewOptions {
  /** The time zone in which the day begins. */
  readonly timeZone: string;
}

/** Reads what a person looks at: who holds what, what is blocked and ready, plans and results. */
export function overview(
  scope: Scope,
  { timeZone }: OverviewOptions,
): Promise<Omit<OverviewAnswer, 'database'>> {
  const { workspaceId } = scope;
  return scope.store.read(async (db) => {
    const { dialect } = db;
    const lines = (queue: 'in_progress' | 'blocked' | 'ready' | 'waiting', limit: number) =>
      linesInQueue(dialect, workspaceId, { queue, limit, countTo: totalLimit });
    const [at, workspace, inProgress, blocked, ready, waiting, scheduled, plans] = await ask(
      db,
      together(
        clock(dialect),
        workspaceById(workspaceId),
        lines('in_progress', claimsLookedAt),
        lines('blocked', named.blocked),
        lines('ready', named.ready),
        lines('waiting', 0),
        countScheduled(dialect, workspaceId, totalLimit),
        plansUnderWay(dialect, workspaceId),
      ),
    );
    const from = startOfDay(dayOf(at, timeZone), timeZone);
    const shown = [...inProgress.tasks, ...blocked.tasks, ...ready.tasks];
    const shownPlans = plans.found.slice(0, named.plans);
    const [sessions, titles, notes, blockedSince, progress, finished, finishedCount] = await ask(
      db,
      together(
        sessionsByIds([...new Set(shown.flatMap(({ claim }) => claim?.session ?? []))]),
        titlesByKeys([...new Set(shown.flatMap(({ key }) => parentKey(key) ?? []))]),
        lastNotes(inProgress.tasks.map(({ id }) => id)),
        blockStarts(blocked.tasks.map(({ id }) => id)),
        progressOf(
          dialect,
          shownPlans.map(({ id }) => id),
        ),
        finishedSince(dialect, workspaceId, { from, limit: named.finished }),
        completedSince(dialect, workspaceId, from),
      ),
    );
    const bySession = new Map(sessions.map((session) => [session.id, session]));
    const claimOf = ({ claim }: LineRow) =>
      claim && withAbsence(claim, bySession.get(claim.session), { now: at, probe: scope.probe });
    const nameTask = ({ key, title, priority, due }: LineRow) => {
      const parent = parentKey(key);
      return { key, title, priority, due, parent, parentTitle: titles.get(parent ?? '') ?? null };
    };
    const held = inProgress.tasks.flatMap((task) => {
      const claim = claimOf(task);
      return claim === null
        ? []
        : [{ ...nameTask(task), claim, lastNote: notes.get(task.id)?.text ?? null }];
    });
    return {
      workspace: workspace?.slug ?? '',
      inProgress: inProgress.total,
      ...divide(held, scope),
      blocked: {
        total: blocked.total,
        tasks: blocked.tasks.map((task) => ({
          ...nameTask(task),
          reason: task.blockedReason ?? '',
          since: blockedSince.get(task.id) ?? null,
          claim: claimOf(task),
        })),
      },
      ready: { total: ready.total, tasks: ready.tasks.map(nameTask) },
      waiting: waiting.total,
      scheduled,
      plans: {
        total: plans.found.length,
        tasks: shownPlans.map(({ id, ...plan }) => ({
          ...plan,
          ...(progress.get(id) ?? { done: 0, total: 0 }),
        })),
        isAtLeast: plans.isCut,
      },
      finished: { total: finishedCount, tasks: finished.map(tellFinished), from, timeZone },
      totalLimit,
      at,
    };
  });
}

/** Asks for the plans that were begun, those in progress before those that cannot go on. */
function plansUnderWay(
  dialect: Dialect,
  workspaceId: string,
): Request<{ readonly found: readonly PlanRow[]; readonly isCut: boolean }> {
  const of = (status: 'in_progress' | 'blocked') =>
    plansOfStatus(dialect, workspaceId, { status, lookAt: plansLookedAt });
  return mapped(together(of('in_progress'), of('blocked')), (parts) => ({
    found: parts.flatMap(({ plans }) => plans),
    isCut: parts.some(({ isCut }) => isCut),
  }));
}

function completedSince(dialect: Dialect, workspaceId: string, from: string): Request<number> {
  const spans = [{ from, to: endOfTime }];
  const asked = countCompleted(
    dialect,
    { workspaceId, type: undefined },
    { spans, countTo: totalLimit },
  );
  return mapped(asked, ([count = 0]) => count);
}

/**
 * Divides what is in progress by its holders: this session or another one of the same actor, others,
 * and those who have gone. The session that asks is there.
 */
function divide(
  held: readonly OverviewHeld[],
  { worker }: Scope,
): Pick<OverviewAnswer, 'mine' | 'others' | 'abandoned'> {
  const partOf = ({ claim }: OverviewHeld) => {
    if (claim.session === worker.session) return 'mine';
    if (claim.absence !== null) return 'abandoned';
    return claim.actor === worker.actor ? 'mine' : 'others';
  };
  const parts = Map.groupBy(held, partOf);
  const first = (name: ReturnType<typeof partOf>) => {
    const tasks = parts.get(name) ?? [];
    return { total: tasks.length, tasks: tasks.slice(0, named[name]) };
  };
  return { mine: first('mine'), others: first('others'), abandoned: first('abandoned') };
}

function tellFinished({ id: _, outcome, ...task }: FinishedRow) {
  const line = (outcome ?? '').split('\n').find((each) => each.trim() !== '');
  return { ...task, parent: parentKey(task.key), outcome: line?.trim() ?? null };
}
