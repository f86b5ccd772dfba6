import type { Row, SqlValue } from '../../store/contract.ts';
import type { Need } from '../../store/queries/trees.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import type { ReadRow } from '../../store/tables/task-writes.ts';

/** The changes of a transaction that are not sent yet. */
export interface PendingTasks {
  readonly inserted: readonly Row[];
  readonly changed: readonly ChangedTask[];
  readonly linked: readonly Need[];
}

/** A row to change. */
export interface ChangedTask {
  readonly row: ReadRow;
  readonly values: TaskChange;
  /** What was in those columns before, as far as they were read. */
  readonly former: Readonly<Record<string, SqlValue>>;
}

/** A task that a writing transaction has read or made. */
export interface LoadedTask {
  /** What the row says of the task's place, read once: a tree can have hundreds of tasks. */
  state: TaskState;
  /** The loaded columns of the task, with the transaction's own changes. */
  row: Row;
  /** Whether all columns are loaded, and not only those of its state. */
  isWhole: boolean;
  isNew: boolean;
  /** The revision in the database, which a change is compared with. */
  readRevision: string;
  changed: Record<string, SqlValue>;
  /** What was in the changed columns before the first change that is not sent yet. */
  former: Record<string, SqlValue>;
  /** Whether the tasks that need this one were last derived with it as closed. */
  countsAsClosed: boolean;
}
