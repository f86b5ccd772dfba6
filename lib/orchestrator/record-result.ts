import type { OnProgress } from '../model/answers/progress.ts';
import type { ReportAnswer, RunView } from '../model/answers/run.ts';
import { DocketError } from '../model/errors.ts';
import { limits } from '../model/limits.ts';
import { clip } from '../render/text/safe-text.ts';
import { keepReport } from '../tracker/agents/agent-steps.ts';
import { recordReport } from '../tracker/agents/report.ts';
import type { AgentResult } from './agents/agent-runner.ts';
import type { Orchestration } from './orchestration.ts';
import { retryThroughOutage } from './retry-through-outage.ts';
import { truncatedJson } from './truncated-json.ts';

/** Characters of JSON: enough to see an answer that is no report. */
const longestUnreadable = 16_384;

/** An agent's run, and what it ended with that says something of its task. */
export interface RunResult {
  readonly run: RunView;
  readonly result: Exclude<AgentResult, { kind: 'hindered' }>;
}

/**
 * Records what an agent ended with, also through an outage. A report for which the database stays
 * away too long is queued where that can be.
 *
 * @returns undefined when others have ended the run, whose report is kept there.
 * @throws DocketError `unreachable` ...
 */
export async function recordResult(
  orchestration: Orchestration,
  key: string,
  { onProgress, ...ended }: RunResult & { readonly onProgress: OnProgress },
): Promise<ReportAnswer | undefined> {
  const what = `the report on ${key}`;
  try {
    return await retryThroughOutage(() => record(orchestration, key, ended), { what, onProgress });
  } catch (error) {
    throw queued(orchestration, { key, ...ended }, error);
  }
}

export function microsOf({ costUsd }: AgentResult): number | undefined {
  return costUsd === undefined ? undefined : Math.round(costUsd * 1e6);
}

/** Queues a report, and gives the error that says so, or else the one that kept it from arriving. */
function queued(
  { queueReport }: Orchestration,
  { key, run, result }: RunResult & { readonly key: string },
  error: unknown,
): unknown {
  if (result.kind !== 'report' || !(error instanceof DocketError)) return error;
  const { report } = result;
  const isQueued = queueReport?.({ key, run: run.id, report, costMicros: microsOf(result) }, error);
  if (!isQueued) return error;
  const hint = `The report of ${run.agent} on ${key} is queued: docket outbox list`;
  return new DocketError(error.code, error.message, { hint, cause: error });
}

async function record(
  { scope, policy }: Orchestration,
  key: string,
  { run, result }: RunResult,
): Promise<ReportAnswer | undefined> {
  const costMicros = microsOf(result);
  const options = { policy, runId: run.id, costMicros, keepsClaim: false };
  const failed = (why: string) => ({
    status: 'failed',
    outcome: clip(why.replaceAll('\0', ''), limits.reason),
  });
  try {
    if (result.kind === 'failed') {
      return await recordReport(scope, key, failed(`${result.reason}: ${result.message}`), options);
    }
    return await recordReport(scope, key, result.report, options);
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    if (error.code === 'invalid_input') {
      const unreadable =
        result.kind === 'report' ? truncatedJson(result.report, longestUnreadable) : null;
      const report = { ...failed(error.message), unreadable_report: unreadable };
      return recordReport(scope, key, report, options);
    }
    if (error.code !== 'not_running' && error.code !== 'already_claimed') throw error;
    if (result.kind === 'report')
      await keepReport(scope, key, {
        runId: run.id,
        report: truncatedJson(result.report, limits.context),
      });
    return undefined;
  }
}
