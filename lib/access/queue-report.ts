import { type Env, stateFolder } from '../config/paths.ts';
import type { Policy } from '../model/run/policy.ts';
import type { Worker } from '../model/task/task.ts';
import type { Entry } from '../outbox/entry.ts';
import { isUnsettled } from '../outbox/is-unsettled.ts';
import { ownQueue } from '../outbox/own-queue.ts';
import { addEntry } from '../outbox/queue.ts';
import { isKnownList } from '../state/known-list.ts';
import { makeId } from '../tracker/ids.ts';
import type { ListContext } from './list-context.ts';

/** The report of an agent on its run, which did not reach the database. */
interface MissedReport {
  readonly key: string;
  readonly run: string;
  readonly report: unknown;
  /** Millionths of a US dollar. */
  readonly costMicros?: number | undefined;
  /** Whether the holder keeps the claim of a task that is blocked, as by default. */
  readonly keepsClaim?: boolean;
}

/** The list that a report is for, and who held its task by which rules. */
interface ReportPlace {
  readonly context: ListContext;
  readonly env: Env;
  readonly worker: Worker;
  readonly policy: Policy;
}

/**
 * Queues the report of an agent that has ended while the database is away.
 *
 * @param error what kept it from being recorded; undefined where that was not tried.
 * @returns whether it is queued; not where the list is unknown here, nobody knows what was saved, or it
 * cannot be written.
 */
export function queueReport(
  { context, env, worker, policy }: ReportPlace,
  { key, run, report, costMicros, keepsClaim }: MissedReport,
  error?: unknown,
): boolean {
  const queue = ownQueue(context, env);
  if (queue === undefined || !isKnownList(stateFolder(env), queue.list)) return false;
  const isAway = (error as { readonly code?: unknown } | undefined)?.code === 'unreachable';
  if (error !== undefined && (!isAway || isUnsettled(error))) return false;
  const { session, agent, actor } = worker;
  const entry: Omit<Entry, 'format'> = {
    ...{ requestId: makeId(), verb: 'report', at: Date.now(), makes: [], about: [key] },
    ...{ database: queue.list.database, workspaceId: queue.list.workspace },
    ...{ worker: { session, agent, actor }, needsClaim: true },
    input: { task: key, report, run, cost_micros: costMicros, keeps_claim: keepsClaim },
    policy,
  };
  try {
    addEntry(queue, entry);
    return true;
  } catch {
    // What kept the report from its database is what there is to say.
    return false;
  }
}

/** Makes what queues the reports of an orchestrator's agents, which leave a blocked task to people. */
export function reportQueue(place: ReportPlace) {
  return (report: Omit<MissedReport, 'keepsClaim'>, error: unknown): boolean =>
    queueReport(place, { ...report, keepsClaim: false }, error);
}
