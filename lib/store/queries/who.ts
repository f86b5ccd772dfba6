import type { Task } from '../../model/task/task.ts';
import { inList } from '../sql/in-list.ts';
import type { Request } from '../sql/request.ts';
import { claimFields, readFields, selected, toClaim } from '../tables/task-row.ts';

const heldFields = ['key', 'title', 'priority', 'status', 'workspaceId'] as const;

/** A task that a session holds, without its long texts. */
export type HeldLine = Pick<
  Task,
  'key' | 'title' | 'priority' | 'status' | 'workspaceId' | 'claim'
>;

/** Asks for the tasks that these sessions hold in any workspace, blocked ones included. */
export function heldBySessions(sessions: readonly string[]): Request<readonly HeldLine[]> {
  return inList(
    sessions,
    (list) => `SELECT ${selected([...heldFields, ...claimFields])} FROM tasks
     WHERE claim_session_id IN (${list}) ORDER BY claim_session_id, claimed_at DESC, id`,
    (rows) => rows.map((row) => ({ ...readFields(row, heldFields), claim: toClaim(row) })),
  );
}
