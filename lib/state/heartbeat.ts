import { statSync, utimesSync } from 'node:fs';
import { heartbeatEvery } from '../model/limits.ts';
import type { ListId } from './snapshot.ts';
import { createEmpty, nameHash, removeState } from './state-file.ts';

/** The time of a worker's last heartbeat. */
export interface Heartbeat {
  /** Whether that was less than a minute ago. */
  isFresh(now?: number): boolean;
  mark(): void;
  /** Forgets the mark: the heartbeat was not written after all. */
  unmark(): void;
}

/**
 * Writes a heartbeat, at most once a minute. The mark comes before the writing, so that heartbeats
 * of the same moment are one, and goes again when the writing fails, so that the next one tries
 * anew.
 */
export async function recordHeartbeat(
  heartbeat: Heartbeat,
  write: () => Promise<void>,
  now = Date.now(),
): Promise<void> {
  if (heartbeat.isFresh(now)) return;
  heartbeat.mark();
  try {
    await write();
  } catch (error) {
    heartbeat.unmark();
    throw error;
  }
}

/** The heartbeat that the processes of one worker share: the age of a file. */
export function heartbeatFile(stateFolder: string, name: string): Heartbeat {
  const path = heartbeatPath(stateFolder, name);
  return {
    isFresh(now = Date.now()) {
      const found = path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
      return found !== undefined && Math.abs(now - found.mtimeMs) < heartbeatEvery;
    },
    mark() {
      if (path === undefined) return;
      try {
        const now = new Date();
        utimesSync(path, now, now);
      } catch {
        // Without the file the next heartbeat comes sooner, nothing worse.
        createEmpty(path);
      }
    },
    unmark() {
      if (path !== undefined) removeState(path);
    },
  };
}

/** The heartbeat of a worker that is one process; `last` is the time of the last one. */
export function heartbeatOfProcess(last = 0): Heartbeat {
  return {
    isFresh: (now = Date.now()) => now - last < heartbeatEvery,
    mark() {
      last = Date.now();
    },
    unmark() {
      last = 0;
    },
  };
}

/**
 * The launcher looks at a session's heartbeat file before it starts Node, so the file's name must be
 * the session's id as it is.
 */
export function heartbeatPath(stateFolder: string, sessionId: string): string | undefined {
  return /^[A-Za-z0-9_-]{1,64}$/.test(sessionId) ? `${stateFolder}/stamps/${sessionId}` : undefined;
}

/**
 * The name of the heartbeat file that the commands of a worker share for one list. Unlike hooks,
 * commands may use several lists, and a terminal's session has characters that no file name may have.
 */
export function heartbeatName(sessionId: string, { database, workspace }: ListId): string {
  const plain = sessionId.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 40);
  return `${plain}-${nameHash(`${sessionId} ${database} ${workspace}`)}`;
}
