import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { Transaction } from '../../store/contract.ts';
import type { Request } from '../../store/sql/request.ts';
import type { WriteStatement } from '../../store/sql/write.ts';
import type { WorkspaceRow } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import type { LoadedList } from './loaded-list.ts';
import type { LoadedRuns } from './loaded-runs.ts';

/** A change to record: one row of the workspace's history. */
export interface Change {
  /** Past tense: `created`, `claimed`, `completed`. */
  readonly verb: string;
  readonly taskId: string | null;
  /** The run that it was part of, began or ended. */
  readonly runId?: string | undefined;
  readonly key?: string;
  readonly old?: unknown;
  readonly new?: unknown;
}

/**
 * An open writing transaction on one workspace. It remembers what it has read (`list`), keeps what it
 * writes until `flush`, and so sends a verb's statements in a few flights.
 */
export interface Write {
  /** For what is not remembered; it sees nothing of what was not flushed yet. */
  readonly db: Transaction;
  readonly workspace: WorkspaceRow;
  readonly scope: Scope;
  /** The database's time when the guard was taken, UTC text as stored: the time of all changes. */
  readonly at: string;
  readonly list: LoadedList;
  readonly runs: LoadedRuns;
  /** Ids of new rows; the same again for the same request. */
  newId(): string;
  /** Queues a statement for the next flush. */
  send(...statements: readonly WriteStatement[]): void;
  /** Counts a task that was added to the workspace with a key of its own. */
  countTask(): void;
  record(change: Change): void;
  /** Says that a task's status or queue changed: those that need it and its container follow. */
  statusChanged(taskId: string): void;
  /** Says that what a task needs changed: it and everything below it follow. */
  dependenciesChanged(taskId: string): void;
  /** Marks the work item of a task that is no subtask for recomputation. */
  billingChanged(taskId: string): void;
  /** After `deriveQueues`: ids of the tasks that this change made ready. */
  readonly nowReady: readonly string[];
  /** After `deriveQueues`: ids of the containers whose status followed. */
  readonly containersChanged: Set<string>;
  /** After `deriveAll`: the work items that are new or say something new, by their ids. */
  readonly workItemsChanged: Map<string, WorkItemView>;
  /** Brings queues and containers in line with what changed so far. */
  deriveQueues(): Promise<void>;
  /** The same, and work items in line with their tasks. Done by itself at the end. */
  deriveAll(): Promise<void>;
  /** Sends what is queued, with its events, and then a question, all in one flight. */
  flush<T>(question: Request<T>): Promise<T>;
}
