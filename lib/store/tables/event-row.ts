import type { Worker } from '../../model/task/task.ts';
import type { Row } from '../contract.ts';
import { integer, text, textOrNull, time } from '../sql/columns.ts';

/** An event as far as it tells what changed. */
export interface EventChange {
  readonly seq: number;
  readonly taskId: string | null;
  readonly verb: string;
  /** The values before and after as JSON text, or null. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** An event with who did it, and when. */
export interface StoredEvent extends EventChange, Worker {
  readonly createdAt: string;
}

/** Reads what an event changed from a row with those columns. */
export function toChange(row: Row): EventChange {
  return {
    seq: integer(row, 'seq'),
    taskId: textOrNull(row, 'task_id'),
    verb: text(row, 'verb'),
    oldValue: textOrNull(row, 'old_value'),
    newValue: textOrNull(row, 'new_value'),
  };
}

/** Reads an event from a row with all its columns. */
export function toEvent(row: Row): StoredEvent {
  return {
    ...toChange(row),
    actor: text(row, 'actor'),
    session: text(row, 'session_id'),
    agent: text(row, 'agent_id'),
    createdAt: time(row, 'created_at'),
  };
}
