import { statSync, utimesSync } from 'node:fs';
import { heartbeatEvery } from '../model/limits.ts';
import type { ListId } from './snapshot.ts';
import { createEmpty, nameHash, removeState } from './state-file.ts';

/**
 * The file whose age says when a session last wrote its sign of life. The launcher looks at it
 * before it starts Node, so the name must be the session's id as it is.
 */
export function stampFile(stateFolder: string, sessionId: string): string | undefined {
  return /^[A-Za-z0-9_-]{1,64}$/.test(sessionId) ? `${stateFolder}/stamps/${sessionId}` : undefined;
}

export function isFresh(stateFolder: string, sessionId: string, now = Date.now()): boolean {
  const path = stampFile(stateFolder, sessionId);
  const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(now - found.mtimeMs) < heartbeatEvery;
}

export function stamp(stateFolder: string, sessionId: string): void {
  const path = stampFile(stateFolder, sessionId);
  if (path === undefined) return;
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Without a stamp the next heartbeat comes sooner, nothing worse.
    createEmpty(path);
  }
}

/** The sign of life was not written after all. */
export function unstamp(stateFolder: string, sessionId: string): void {
  const path = stampFile(stateFolder, sessionId);
  if (path !== undefined) removeState(path);
}

/**
 * What stands for a session in the stamps of commands: unlike hooks, they may use several lists, and
 * a terminal's name has characters that a stamp cannot have.
 */
export function stampName(sessionId: string, { database, workspace }: ListId): string {
  const plain = sessionId.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40);
  return `${plain}-${nameHash(`${sessionId} ${database} ${workspace}`)}`;
}
