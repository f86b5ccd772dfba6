import { readProjectSettings } from '../access/mode.ts';
import { queueReport } from '../access/queue-report.ts';
import type { Env } from '../config/paths.ts';
import { policyOf } from '../config/project-settings.ts';
import { reportInText } from '../model/report/report-in-text.ts';
import type { Worker } from '../model/task/task.ts';
import { renderKey } from '../render/text/key.ts';
import { safeLine } from '../render/text/safe-text.ts';
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
  { context }: HookContext,
  env: Env,
  {
    end,
    worker,
    error,
  }: { readonly end: AgentEnd; readonly worker: Worker; readonly error?: unknown },
): string | undefined {
  const report = reportInText(end.words);
  if (report === undefined) return undefined;
  const policy = policyOf(readProjectSettings(context));
  const { key, run } = end;
  if (!queueReport({ context, env, worker, policy }, { key, run, report }, error)) return undefined;
  const agent = safeLine(end.agent, 100);
  return `The report of ${agent} on ${renderKey(key)} is queued, as the database is away: docket outbox list`;
}
