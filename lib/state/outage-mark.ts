import { existsSync } from 'node:fs';
import { createEmpty, fileNameOf, removeState } from './state-file.ts';

// That a session's person was told that the database is away, and not yet that it is back. A file of
// its own: to replace the session's state costs a third of what the refused prompt does itself.

function markFile(stateFolder: string, sessionId: string): string {
  return `${stateFolder}/outages/${fileNameOf(sessionId)}.json`;
}

export function isOutageNotified(stateFolder: string, sessionId: string): boolean {
  return existsSync(markFile(stateFolder, sessionId));
}

/** @returns whether it was kept. */
export function markOutageNotified(stateFolder: string, sessionId: string): boolean {
  return createEmpty(markFile(stateFolder, sessionId));
}

export function forgetOutage(stateFolder: string, sessionId: string): void {
  removeState(markFile(stateFolder, sessionId));
}
