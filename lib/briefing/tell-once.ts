import { type Env, stateFolder } from '../config/paths.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import type { DocketError } from '../model/errors.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { readSession, writeSession } from '../state/session-state.ts';

/**
 * Tells the person, once a session, of a configuration that cannot be used: it is theirs to mend,
 * and the model is not bothered.
 */
export function tellOnce(
  error: DocketError,
  sessionId: string,
  { env, isStart = false }: { readonly env: Env; readonly isStart?: boolean },
): HookAnswer | undefined {
  const folder = stateFolder(env);
  const state = readSession(folder, sessionId);
  const told = state.told ?? [];
  if (told.includes(error.code)) return undefined;
  const isKept = writeSession(folder, sessionId, { ...state, told: [...told, error.code] });
  // What cannot be remembered would be said on every prompt.
  if (!isKept && !isStart) return undefined;
  const hint = error.hint ?? 'docket doctor says more.';
  return { systemMessage: safeLine(`docket: ${error.message}. ${hint}`, 1_000) };
}
