import { lstatSync, readdirSync, rmSync } from 'node:fs';
import type { Awaited } from '../model/prompt/awaited.ts';
import { isKnown, type Known } from '../model/prompt/known.ts';
import { fileNameOf, readState, writeState } from './state-file.ts';

/** The part of one Claude Code session that docket keeps on this machine. */
export interface SessionState {
  /** The folder the session started in, which its commands mean wherever they `cd`. */
  readonly folder?: string;
  /** The person of the session, as the record names them. */
  readonly actor?: string;
  /** What the conversation was told of the list; missing when it is to be shown the whole. */
  readonly known?: Known | undefined;
  /** Whether it was shown the list when it began, and has not been asked anything since. */
  readonly hasBegun?: boolean;
  /** The tasks that it has made and that wait for others. */
  readonly awaited?: readonly Awaited[];
  /** Codes of errors that the person was told, once each. */
  readonly told?: readonly string[];
}

const hour = 3_600_000;
const keptFor = 14 * 24 * hour;

function sessionFile(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/sessions/${fileNameOf(sessionId)}.json`;
}

export function readSession(stateFolder: string, sessionId: string): SessionState {
  const state = readState<SessionState>(sessionFile(stateFolder, sessionId));
  if (!isSessionState(state)) return {};
  // What does not hold is shown anew.
  return { ...state, known: isKnown(state.known) ? state.known : undefined };
}

function isSessionState(state: unknown): state is SessionState {
  if (typeof state !== 'object' || state === null) return false;
  const { folder, actor, told, awaited } = state as Record<string, unknown>;
  const isText = [folder, actor].every((value) => ['string', 'undefined'].includes(typeof value));
  return isText && [told, awaited].every((list) => list === undefined || Array.isArray(list));
}

/** Keeps the state of a session; false when that could not be done. */
export function writeSession(stateFolder: string, sessionId: string, state: SessionState): boolean {
  return writeState(sessionFile(stateFolder, sessionId), state);
}

/** Removes the state, stamps and marks of sessions that ended long ago, and of events long over. */
export function forgetOldSessions(stateFolder: string, now: number): void {
  for (const name of [
    'sessions',
    'stamps',
    'outages',
    'agents',
    'given',
    'news',
    'statusline',
    'edits',
    'editors',
    'touched',
    'claims',
  ]) {
    forgetOldFiles(`${stateFolder}/${name}`, now - keptFor);
  }
  forgetOldFiles(`${stateFolder}/answers`, now - hour);
}

/** The names of a session's state, of a draft of it, of a stamp, and of edits that were taken. */
const ownNames = /^(?:[\w.-]+-[0-9a-f]{16}\.json(?:\.\d+)?|[A-Za-z0-9_-]{1,64}(?:\.\d+)?)$/;

function forgetOldFiles(folder: string, before: number): void {
  try {
    // A link would lead to files that are not docket's, and so would another name.
    if (!lstatSync(folder).isDirectory()) return;
    for (const name of readdirSync(folder).filter((each) => ownNames.test(each))) {
      const path = `${folder}/${name}`;
      const file = lstatSync(path);
      if (file.isFile() && file.mtimeMs < before) rmSync(path, { force: true });
    }
  } catch {
    // Nothing to forget, or another session forgets at the same time.
  }
}
