import { readProjectSettings } from '../access/mode.ts';
import { policyOf } from '../config/project-settings.ts';
import type { Context } from '../config/resolve.ts';
import { reportInText } from '../model/report/report-in-text.ts';
import { renderReportAnswer } from '../render/run/report-answer.ts';
import { renderKey } from '../render/text/key.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { recordReport } from '../tracker/agents/report.ts';
import type { Scope } from '../tracker/scope.ts';
import { addNote } from '../tracker/tasks/note.ts';
import { listRuns } from '../tracker/view/run.ts';

// A bundle of its own: it checks a report by its schema and writes as verbs do.

export interface AgentEnd {
  readonly key: string;
  /** The run that the task was given for: the report of another is not its agent's. */
  readonly run: string;
  /** The agent's name in its session. */
  readonly agent: string;
  /** What it said last. */
  readonly words: string;
}

/** What a session is told of the end of its agent, and whether the report is recorded. */
export interface Recorded {
  readonly isRecorded: boolean;
  readonly news: string;
}

/**
 * Records the report that an agent ended with, as `docket report` of its session would. Where there
 * is none, or none that can be taken, a note on the task keeps the agent's last words.
 *
 * @param scope the session's own: it answers for its agents.
 * @throws DocketError of what has nothing to do with the report: `unreachable` ...
 */
export async function recordAgentReport(
  scope: Scope,
  context: Context,
  end: AgentEnd,
): Promise<Recorded> {
  const key = renderKey(end.key);
  const agent = safeLine(end.agent, 100);
  const report = reportInText(end.words);
  if (report === undefined) {
    await keepWords(scope, end, 'Ended without a report');
    return { isRecorded: false, news: `${agent} ended without a report. ${next(key)}` };
  }
  try {
    const policy = policyOf(readProjectSettings(context));
    const answer = await recordReport(scope, end.key, report, { policy, runId: end.run });
    const told = renderReportAnswer(answer);
    return { isRecorded: true, news: `The report of ${agent} is recorded:\n${told}` };
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    if (code === 'invalid_input') {
      await keepWords(scope, end, 'Its report was not taken');
      const reason = safeLine(message, 300);
      return {
        isRecorded: false,
        news: `The report of ${agent} was not taken: ${reason}. ${next(key)}`,
      };
    }
    if (!endsIt.has(code)) throw error;
    const reason = safeLine(message, 300);
    return {
      isRecorded: true,
      news: `The report of ${agent} came too late: ${reason}. docket show ${key}`,
    };
  }
}

/**
 * Notes that an agent is gone without an end that a hook was told of.
 *
 * @returns what its session is told; undefined where the agent's run is over.
 */
export async function noteAgentLeft(scope: Scope, end: AgentEnd): Promise<string | undefined> {
  const { runs } = await listRuns(scope, end.key);
  if (!runs.some(({ id, status }) => id === end.run && status === 'running')) return undefined;
  await keepWords(scope, end, 'Was interrupted, and left no report');
  const agent = safeLine(end.agent, 100);
  return `${agent} was interrupted and left no report. ${next(renderKey(end.key))}`;
}

export { queueAgentReport } from './queue-agent-report.ts';

/** What others did to the task meanwhile, so that the agent's run is over. */
const endsIt: ReadonlySet<unknown> = new Set([
  ...['not_running', 'already_claimed', 'is_container', 'not_found'],
]);

function next(key: string): string {
  return `${key} is still claimed: docket report ${key} 'JSON', or docket release ${key}.`;
}

async function keepWords(
  scope: Scope,
  { key, agent, words }: AgentEnd,
  what: string,
): Promise<void> {
  const last = safeLine(words, 1_000);
  const text = last === '' ? `${what}.` : `${what}. Last words: ${last}`;
  await addNote({ ...scope, worker: { ...scope.worker, agent } }, key, text);
}
