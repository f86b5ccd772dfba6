import { readProjectSettings } from '../access/mode.ts';
import type { Env } from '../config/paths.ts';
import { policyOf } from '../config/project-settings.ts';
import { reportInText } from '../model/report/report-in-text.ts';
import type { Worker } from '../model/task/task.ts';
import { isUnsettled } from '../outbox/is-unsettled.ts';
import { ownQueue } from '../outbox/own-queue.ts';
import { addEntry } from '../outbox/queue.ts';
import { renderKey } from '../render/text/key.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { isKnownList } from '../state/known-list.ts';
import { makeId } from '../tracker/ids.ts';
import type { HookContext } from './hook-context.ts';

/** The end of an agent, as `record-agent-report.ts` says. */
interface AgentEnd {
  readonly key: string;
  readonly run: string;
  readonly agent: string;
  readonly words: string;
}

/**
 * Queues the report that an agent ended with while the database is away, for the run that it is of.
 *
 * @param error what kept it from being recorded; undefined where that was not tried.
 * @returns what its session is told; undefined where there is no report, or it may not be queued.
 */
export function queueAgentReport(
  { context, listId, stateFolder }: HookContext,
  env: Env,
  {
    end,
    worker,
    error,
  }: { readonly end: AgentEnd; readonly worker: Worker; readonly error?: unknown },
): string | undefined {
  const report = reportInText(end.words);
  const queue = ownQueue(context, env);
  if (report === undefined || queue === undefined || !isKnownList(stateFolder, listId)) return;
  const isAway = (error as { readonly code?: unknown } | undefined)?.code === 'unreachable';
  if (error !== undefined && (!isAway || isUnsettled(error))) return;
  addEntry(queue, {
    ...{ requestId: makeId(), verb: 'report', at: Date.now(), makes: [], about: [end.key] },
    ...{ database: listId.database, workspaceId: listId.workspace, worker, needsClaim: true },
    input: { task: end.key, report, run: end.run },
    policy: policyOf(readProjectSettings(context)),
  });
  const agent = safeLine(end.agent, 100);
  return `The report of ${agent} on ${renderKey(end.key)} is queued, as the database is away: docket outbox list`;
}
