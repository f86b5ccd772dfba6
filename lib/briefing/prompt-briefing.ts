import { plainActor } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { Deadline } from '../hook-io/deadline.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import type { Awaited } from '../model/prompt/awaited.ts';
import { absenceAt, type FindAbsence, type Known } from '../model/prompt/known.ts';
import type { PromptList } from '../model/prompt/list.ts';
import type { PromptReading } from '../model/prompt/news.ts';
import type { IsOwn } from '../model/prompt/task-change.ts';
import { spellSpan } from '../model/span.ts';
import { renderPromptBlock, renderUnchanged } from '../render/prompt/block.ts';
import type { PromptReader } from '../render/prompt/reader.ts';
import { forgetOutage, isOutageNotified, markOutageNotified } from '../state/outage-mark.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession, type SessionState, writeSession } from '../state/session-state.ts';
import type { Snapshot } from '../state/snapshot.ts';
import type { HookContext } from './hook-context.ts';
import { createLastList, readList } from './read-list.ts';
import { sinceOf, tellList } from './tell-list.ts';

export interface BriefingOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether a session begins: the list is shown whole then, even when it was shown before. */
  readonly isStart?: boolean;
  /** What the person is told of a list that was just read. */
  readonly greet?: ((list: PromptList, absence: FindAbsence) => string | undefined) | undefined;
  readonly deadline?: Deadline;
}

/** The conversation that is briefed, and what it was shown before. */
interface Briefing {
  readonly hook: HookContext;
  /** The key of its state: what a subagent was shown, its session was not. */
  readonly conversation: string;
  readonly reader: PromptReader;
  readonly state: SessionState;
  readonly now: number;
  readonly isStart: boolean;
  readonly greet: BriefingOptions['greet'];
  readonly lastList: () => Snapshot | undefined;
}

/**
 * Answers a prompt with what others have changed in the list, with the whole where the conversation
 * does not know it, or with the last one that was read, labelled with its age. The person, not the
 * model, is told of an outage, once when it begins and once when it is over, and never by a
 * subagent.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function briefPrompt(
  hook: HookContext,
  { env, now, isStart = false, greet, deadline }: BriefingOptions,
): Promise<HookAnswer | undefined> {
  const { stateFolder, sessionId, agentId } = hook;
  const session = readSession(stateFolder, sessionId);
  const conversation = agentId === undefined ? sessionId : `${sessionId} ${agentId}`;
  const state = agentId === undefined ? session : readSession(stateFolder, conversation);
  const actor = session.actor ?? plainActor(env);
  const reader = {
    actor,
    session: sessionId,
    isRun: Boolean(env.DOCKET_RUN),
    probe: createProcessProbe(),
  };
  const lastList = createLastList(hook);
  const briefing = { hook, conversation, reader, state, now, isStart, greet, lastList };
  const awaited = state.awaited?.map(({ key }) => key);
  const since = isStart || state.known === undefined ? undefined : sinceOf(state.known, awaited);
  let notice: string | undefined;
  const onUpdate = (text: string) => {
    notice = `docket: ${text}.`;
  };
  const result = await readList(hook, env, { now, lastList, since, deadline, onUpdate });
  switch (result.kind) {
    case 'fresh':
      return freshAnswer(briefing, result, notice);
    case 'away':
      return awayAnswer(briefing, result.reason);
    case 'full':
      forgetShown(briefing);
      return staleAnswer(briefing);
    case 'none':
      return undefined;
  }
}

async function freshAnswer(
  briefing: Briefing,
  reading: PromptReading,
  notice: string | undefined,
): Promise<HookAnswer | undefined> {
  const { hook, reader, state, isStart, greet } = briefing;
  const isBack = hook.agentId === undefined && isOutageNotified(hook.stateFolder, hook.sessionId);
  // What the agents of a session do, its own commands tell; one of them knows of nothing.
  const isOwn: IsOwn = ({ session }) => hook.agentId === undefined && session === hook.sessionId;
  const { text, known } = tellList(reading, {
    known: isStart || isBack ? undefined : state.known,
    reader,
    isOwn,
  });
  const { awaited = [] } = state;
  const freed =
    reading.news && awaited.length > 0
      ? (await import('./freed.ts')).tellFreed(awaited, reading.news, isOwn)
      : undefined;
  if (isBack) forgetOutage(hook.stateFolder, hook.sessionId);
  remember(briefing, known, freed?.waiting ?? awaited);
  const told = [
    notice,
    isBack ? 'docket: the task database is back.' : undefined,
    freed?.message,
    greet?.(reading.list, absenceAt(reading.list, reader.probe)),
  ].filter((line) => line !== undefined);
  const context = text ?? (state.hasBegun ? undefined : renderUnchanged(reading.list));
  if (context === undefined && told.length === 0) return undefined;
  return { context, ...(told.length > 0 ? { systemMessage: told.join(' ') } : {}) };
}

/** Keeps what the conversation knows now, unless nothing is new. */
function remember(
  { hook, conversation, state, isStart }: Briefing,
  known: Known,
  awaited: readonly Awaited[],
): void {
  const { hasBegun = false } = state;
  if (known === state.known && hasBegun === isStart) return;
  const { awaited: _, ...rest } = { ...state, known, hasBegun: isStart };
  writeSession(hook.stateFolder, conversation, awaited.length > 0 ? { ...rest, awaited } : rest);
}

function awayAnswer(briefing: Briefing, reason: string): HookAnswer | undefined {
  const { hook, isStart } = briefing;
  const answer = staleAnswer(briefing);
  if (hook.agentId !== undefined) {
    forgetShown(briefing);
    return answer;
  }
  if (isOutageNotified(hook.stateFolder, hook.sessionId)) return answer;
  const isKept = markOutageNotified(hook.stateFolder, hook.sessionId);
  if (!isKept) forgetShown(briefing);
  // What cannot be remembered would be said on every prompt.
  if (!isKept && !isStart) return answer;
  const meanwhile =
    answer === undefined
      ? 'Prompts carry no task list'
      : 'Prompts carry the last list, with its age,';
  return {
    ...answer,
    systemMessage: `docket: the task database cannot be used: ${reason}. ${meanwhile} until it can. docket doctor says more.`,
  };
}

/** Has the list shown whole after an old one, even when it is the one from before. */
function forgetShown({ hook, conversation, state }: Briefing): void {
  if (state.known === undefined) return;
  writeSession(hook.stateFolder, conversation, { ...state, known: undefined, hasBegun: false });
}

/** Answers with the last list that was read, always whole. */
function staleAnswer({ reader, now, lastList }: Briefing): HookAnswer | undefined {
  const context = staleBlock(reader, lastList(), now);
  return context === undefined ? undefined : { context };
}

/** Renders the last list that was read, with its age; undefined when there is none. */
export function staleBlock(
  reader: PromptReader,
  snapshot: Snapshot | undefined,
  now: number,
): string | undefined {
  if (snapshot === undefined) return undefined;
  const stale = {
    age: spellSpan(now - snapshot.readAt).replace('now', 'under a minute'),
    isAmended: snapshot.isAmended === true,
  };
  return renderPromptBlock(snapshot.list, { ...reader, stale });
}
