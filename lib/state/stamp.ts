import { statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { heartbeatEvery } from '../model/limits.ts';
import { makePrivateFolder } from './make-private-folder.ts';

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
    try {
      makePrivateFolder(dirname(path));
      writeFileSync(path, '', { mode: 0o600 });
    } catch {
      // Without a stamp the next heartbeat comes sooner, nothing worse.
    }
  }
}
