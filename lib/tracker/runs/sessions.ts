import type { Store } from '../../store/contract.ts';
import { retryBusy } from '../../store/retry.ts';
import {
  endSession as endRow,
  type SessionStart,
  upsertHeartbeat,
  upsertSession,
} from '../../store/tables/sessions.ts';
import { translated } from '../database/translate-errors.ts';

export type { SessionStart } from '../../store/tables/sessions.ts';

/** Registers a session, or one that is resumed, by one statement. It is no part of the history. */
export function startSession(store: Store, session: SessionStart): Promise<void> {
  return untilWritten(() => upsertSession(store.db, session));
}

/** Records a heartbeat, and the session itself when its start was missed, by one statement. */
export function writeHeartbeat(store: Store, session: SessionStart): Promise<void> {
  return untilWritten(() => upsertHeartbeat(store.db, session));
}

/** Ends a session; its claims stay and are shown as stale. */
export function endSession(store: Store, id: string, reason: string): Promise<void> {
  return untilWritten(() => endRow(store.db, id, reason));
}

/**
 * Runs a single statement again when it loses against others, as transactions are by themselves.
 */
function untilWritten(work: () => Promise<void>): Promise<void> {
  return translated(() => retryBusy(work));
}
