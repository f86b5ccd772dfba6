import { query, type Request } from '../sql/request.ts';
import { insertRow, type WriteStatement } from '../sql/write.ts';

/** A request that was queued while the database was away, as it becomes part of the history. */
export interface AppliedRequest {
  readonly workspaceId: string;
  readonly requestId: string;
  /** The number of its first event. */
  readonly seq: number;
  /** When it was made, UTC text as stored. */
  readonly madeAt: string;
  /** UTC text as stored. */
  readonly at: string;
}

/** Remembers a queued request in the transaction that does what it asks. */
export function insertApplied(request: AppliedRequest): WriteStatement {
  return insertRow('applied_requests', {
    workspace_id: request.workspaceId,
    request_id: request.requestId,
    seq: request.seq,
    made_at: request.madeAt,
    applied_at: request.at,
  });
}

/** Asks whether a queued request was done before. */
export function isApplied(workspaceId: string, requestId: string): Request<boolean> {
  return query(
    'SELECT 1 AS done FROM applied_requests WHERE workspace_id = ? AND request_id = ?',
    [workspaceId, requestId],
    (rows) => rows.length > 0,
  );
}
