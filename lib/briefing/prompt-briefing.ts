import { actorOf } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import type { Deadline } from '../hook-io/deadline.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { DocketError } from '../model/errors.ts';
import type { PromptList } from '../model/prompt-list.ts';
import { renderAge } from '../render/age.ts';
import { type PromptReader, renderPromptBlock, renderUnchanged } from '../render/prompt-block.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { readSession, type SessionState, updateSession } from '../state/session-state.ts';
import { readSnapshot } from '../state/snapshot.ts';
import { fingerprint } from './fingerprint.ts';
import { readList } from './read-list.ts';
import type { SessionPlace } from './session-place.ts';

export interface BriefingOptions {
  readonly env: Env;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Shows the list whole, even when it was shown like this before. */
  readonly whole?: boolean;
  readonly deadline?: Deadline;
}

/**
 * What a session is told of its list: the list, or that it is unchanged, or the last one that was
 * read, labelled with its age. The person, not the model, is told of an outage, once when it
 * begins and once when it is over.
 */
export async function briefPrompt(
  place: SessionPlace,
  { env, now, whole = false, ...options }: BriefingOptions,
): Promise<HookAnswer | undefined> {
  const state = readSession(place.stateFolder, place.sessionId);
  const reader = {
    actor: actorOf(env),
    session: place.sessionId,
    probe: createProcessProbe(),
  };
  try {
    const result = await readList(place, env, { now, ...options });
    if (result.kind === 'none') return undefined;
    if (result.kind === 'fresh')
      return freshAnswer(place, { list: result.list, reader, state, whole });
    return awayAnswer(place, { reader, state, now, reason: result.reason });
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return tellOnce(place, state, error);
  }
}

function freshAnswer(
  place: SessionPlace,
  input: { list: PromptList; reader: PromptReader; state: SessionState; whole: boolean },
): HookAnswer {
  const { list, reader, state, whole } = input;
  const shown = fingerprint(list, reader.probe);
  const isBack = state.outageTold === true;
  const isUnchanged = !whole && !isBack && state.shown === shown;
  if (!isUnchanged) {
    updateSession(place.stateFolder, place.sessionId, { shown, outageTold: false });
  }
  return {
    context: isUnchanged ? renderUnchanged(list) : renderPromptBlock(list, reader),
    ...(isBack ? { systemMessage: 'docket: the task database is back.' } : {}),
  };
}

function awayAnswer(
  place: SessionPlace,
  input: { reader: PromptReader; state: SessionState; now: number; reason: string },
): HookAnswer | undefined {
  const { reader, state, now, reason } = input;
  const snapshot = readSnapshot(place.stateFolder, place.listId);
  const isNew = state.outageTold !== true;
  if (isNew) updateSession(place.stateFolder, place.sessionId, { outageTold: true });
  const age =
    snapshot && renderAge(new Date(snapshot.readAt).toISOString(), new Date(now).toISOString());
  const staleFor = age === 'now' ? 'under a minute' : age;
  return {
    ...(snapshot ? { context: renderPromptBlock(snapshot.list, { ...reader, staleFor }) } : {}),
    ...(isNew
      ? {
          systemMessage: `docket: the task database cannot be reached (${reason}). ${
            snapshot ? `Prompts carry the list of ${staleFor} ago` : 'Prompts carry no task list'
          } until it is back. docket doctor says more.`,
        }
      : {}),
  };
}

/** A configuration that cannot be used is the person's to mend; the model is not bothered. */
function tellOnce(
  place: SessionPlace,
  state: SessionState,
  error: DocketError,
): HookAnswer | undefined {
  const told = state.told ?? [];
  if (told.includes(error.code)) return undefined;
  updateSession(place.stateFolder, place.sessionId, { told: [...told, error.code] });
  return {
    systemMessage: `docket: ${error.message}. ${error.hint ?? 'docket doctor says more.'}`,
  };
}
