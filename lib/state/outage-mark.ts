import { existsSync } from 'node:fs';
import { createEmpty, fileNameOf, removeState } from './state-file.ts';

// The file says that a session's person was told that the database is away, and not yet that it is
// back. It stands by itself: to replace the session's state costs a third of a refused prompt.

function markFile(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/outages/${fileNameOf(sessionId)}.json`;
}

export function isOutageNotified(stateFolder: string, sessionId: string): boolean {
  return existsSync(markFile(stateFolder, sessionId));
}

/** Remembers that the person was told; false when that could not be kept. */
export function markOutageNotified(stateFolder: string, sessionId: string): boolean {
  return createEmpty(markFile(stateFolder, sessionId));
}

export function forgetOutage(stateFolder: string, sessionId: string): void {
  removeState(markFile(stateFolder, sessionId));
}
