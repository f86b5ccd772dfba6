import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { fileNameOf, readState, writeState } from './state-file.ts';

/** What docket keeps of one Claude Code session on this machine. */
export interface SessionState {
  /** Folder the session started in: what its commands mean, wherever they `cd`. */
  readonly folder?: string;
  /** Who its person is, as the record has it. */
  readonly actor?: string;
  /** Fingerprint of the list as this session was last shown it. */
  readonly shown?: string;
  /** Other things the person was told, once each. */
  readonly told?: readonly string[];
}

const keptFor = 14 * 24 * 3_600_000;

function sessionFile(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/sessions/${fileNameOf(sessionId)}.json`;
}

export function readSession(stateFolder: string, sessionId: string): SessionState {
  const state = readState<SessionState>(sessionFile(stateFolder, sessionId));
  return isSessionState(state) ? state : {};
}

function isSessionState(state: unknown): state is SessionState {
  if (typeof state !== 'object' || state === null) return false;
  const { folder, actor, shown, told } = state as Record<string, unknown>;
  const isText = [folder, actor, shown].every((value) =>
    ['string', 'undefined'].includes(typeof value),
  );
  return isText && (told === undefined || Array.isArray(told));
}

/** @returns whether it was kept. */
export function writeSession(stateFolder: string, sessionId: string, state: SessionState): boolean {
  return writeState(sessionFile(stateFolder, sessionId), state);
}

/** Removes what sessions of long ago left: their state, stamps of their signs of life, marks. */
export function forgetOldSessions(stateFolder: string, now: number): void {
  for (const name of ['sessions', 'stamps', 'outages'])
    forgetOldFiles(`${stateFolder}/${name}`, now);
}

/** A session's state, a draft of it, or a stamp. */
const ownNames = /^(?:[\w.-]+-[0-9a-f]{16}\.json(?:\.\d+)?|[A-Za-z0-9_-]{1,64})$/;

function forgetOldFiles(folder: string, now: number): void {
  try {
    // A link would lead to files that are not docket's, and so would another name.
    if (!lstatSync(folder).isDirectory()) return;
    for (const name of readdirSync(folder).filter((each) => ownNames.test(each))) {
      const path = `${folder}/${name}`;
      const file = lstatSync(path);
      if (file.isFile() && now - file.mtimeMs > keptFor) rmSync(path, { force: true });
    }
  } catch {
    // Nothing to forget, or another session forgets at the same time.
  }
}
