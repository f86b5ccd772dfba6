import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { Deadline } from '../hook-io/deadline.ts';
import type { HookInput } from '../hook-io/input.ts';
import { mainAgent } from '../model/worker.ts';
import { keepNews } from '../state/agent-news.ts';
import { isOpen, readBreaker } from '../state/breaker.ts';
import { hasEdits } from '../state/edits.ts';
import { findGivenTask, keepGivenTask } from '../state/given-task.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession } from '../state/session-state.ts';
import { agentName } from './agent-name.ts';
import { callOf } from './given-task.ts';
import type { HookContext } from './hook-context.ts';
import { withStore } from './with-store.ts';
import { registerDeadline } from './write-limits.ts';

export interface TakeOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly deadline?: Deadline;
}

/**
 * Takes the report of a subagent that ends, where its session gave it a task, and keeps for the
 * session what became of it. It never keeps the agent from ending.
 *
 * @throws DocketError and DeadlineError, after the session's news is kept: they are logged.
 */
export async function takeReport(
  hook: HookContext,
  input: HookInput,
  { env, now, deadline = registerDeadline }: TakeOptions,
): Promise<undefined> {
  const { sessionId, stateFolder } = hook;
  const agent = agentName(input);
  const call = callOf(hook, input);
  const given = call && findGivenTask(stateFolder, call);
  if (agent === undefined || call === undefined || given?.run === undefined) return;
  const { key, run } = given;
  const actor = readSession(stateFolder, sessionId).actor ?? plainActor(env);
  const worker = { session: sessionId, agent: mainAgent, actor };
  const end = { key, run, agent, words: input.last_assistant_message ?? '' };
  const failed = `The report of ${agent} on ${key} could not be recorded; docket report ${key} 'JSON' does it.`;
  if (isOpen(readBreaker(stateFolder, hook.listId), now)) {
    await queueOrTell();
    return;
  }
  try {
    const { context } = hook;
    const recorded = await withStore(hook, env, {
      deadline,
      work: async (store) => {
        const scope = {
          store,
          workspaceId: context.workspace.id,
          worker,
          probe: createProcessProbe(),
        };
        if (hasEdits(stateFolder, sessionId)) {
          const { flushEdits } = await import('./edits.ts');
          await flushEdits(hook, scope, env);
        }
        const { recordAgentReport } = await import('./record-agent-report.ts');
        return recordAgentReport(scope, context, end);
      },
    });
    if (recorded === undefined) return;
    // It may be asked to go on, and end once more.
    if (recorded.isRecorded) keepGivenTask(stateFolder, call, { key });
    keepNews(stateFolder, sessionId, recorded.news);
  } catch (error) {
    await queueOrTell(error);
    throw error;
  }

  async function queueOrTell(error?: unknown): Promise<void> {
    const { queueAgentReport } = await import('./record-agent-report.ts');
    const queued = queueAgentReport(hook, env, { end, worker, error });
    keepNews(stateFolder, sessionId, queued ?? failed);
    if (queued !== undefined && call !== undefined) keepGivenTask(stateFolder, call, { key });
  }
}
