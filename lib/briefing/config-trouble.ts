import { type Env, stateFolder } from '../config/paths.ts';
import type { HookAnswer } from '../hook-io/output.ts';
import { DocketError } from '../model/errors.ts';
import { safeLine } from '../render/text/safe-text.ts';
import { readSession, writeSession } from '../state/session-state.ts';
import { findSessionId, type SessionInput } from './hook-context.ts';

/**
 * Answers an error of a hook. A configuration that cannot be used is the person's to mend: they are
 * told once a session, and the model is not bothered. Any other error is thrown again.
 */
export function tellOnce(
  error: unknown,
  input: SessionInput,
  { env, isStart = false }: { readonly env: Env; readonly isStart?: boolean },
): HookAnswer | undefined {
  const { code, message, hint = 'docket doctor says more.' } = requireTrouble(error);
  const sessionId = findSessionId(input, env);
  if (sessionId === undefined) return undefined;
  const folder = stateFolder(env);
  const state = readSession(folder, sessionId);
  const told = state.told ?? [];
  if (told.includes(code)) return undefined;
  const isKept = writeSession(folder, sessionId, { ...state, told: [...told, code] });
  // What cannot be remembered would be said on every prompt.
  if (!isKept && !isStart) return undefined;
  return { systemMessage: safeLine(`docket: ${message}. ${hint}`, 1_000) };
}

/** Answers an error of a hook that tells nobody of the configuration: another hook does. */
export function ignoreTrouble(error: unknown): undefined {
  requireTrouble(error);
}

function requireTrouble(error: unknown): DocketError {
  if (error instanceof DocketError) return error;
  throw error;
}
