import { existsSync } from 'node:fs';
import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { type Deadline, withDeadline } from '../hook-io/deadline.ts';
import type { PromptList } from '../model/prompt-list.ts';
import { isOpen, readBreaker, resetBreaker, tripBreaker } from '../state/breaker.ts';
import { readSnapshot, saveSnapshot } from '../state/snapshot.ts';
import { readPromptList } from '../tracker/prompt-list.ts';
import type { SessionPlace } from './session-place.ts';

/** How long a hook may try: 400 ms to the server's first byte, 1,200 ms in all. */
export const readDeadline: Deadline = { firstByte: 40, total: 120 };

/** A hook waits this long for a SQLite lock; readers of a WAL file rarely meet one. */
const busyTimeout = 20;

/** A snapshot that is confirmed again is rewritten this often at most (milliseconds). */
const confirmEvery = 60_000;

export type ReadResult =
  | { readonly kind: 'fresh'; readonly list: PromptList }
  | { readonly kind: 'away'; readonly reason: string }
  /** There is no such list yet, so there is nothing to say and nothing is wrong. */
  | { readonly kind: 'none' };

/**
 * Reads the list of a session's workspace, within the deadline and behind the breaker.
 *
 * @throws DocketError `not_trusted`, `invalid_config`
 */
export async function readList(
  place: SessionPlace,
  env: Env,
  { now, deadline = readDeadline }: { now: number; deadline?: Deadline },
): Promise<ReadResult> {
  const breaker = readBreaker(place.stateFolder, place.listId);
  if (isOpen(breaker, now)) return { kind: 'away', reason: breaker.reason };
  const connection = planConnection(place.context, env);
  if (connection.kind === 'sqlite' && !existsSync(connection.path)) return { kind: 'none' };
  try {
    const list = await withDeadline(
      (onFirstByte) =>
        readPromptList(connection, {
          workspaceId: place.context.workspace.id,
          sessionId: place.sessionId,
          open: { mode: 'read', busyTimeout, onFirstByte },
        }),
      deadline,
    );
    if (breaker !== undefined) resetBreaker(place.stateFolder, place.listId);
    if (list === undefined) return { kind: 'none' };
    keepSnapshot(place, list, now);
    return { kind: 'fresh', list };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tripBreaker(place.stateFolder, place.listId, { now, reason });
    return { kind: 'away', reason };
  }
}

function keepSnapshot(place: SessionPlace, list: PromptList, now: number): void {
  const last = readSnapshot(place.stateFolder, place.listId);
  const isSame = last?.list.seq === list.seq && now - last.readAt < confirmEvery;
  if (!isSame) saveSnapshot(place.stateFolder, place.listId, { list, readAt: now });
}
