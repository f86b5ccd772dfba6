import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { EventVerb } from '../../model/task/event-verbs.ts';
import type { Transaction } from '../../store/contract.ts';
import type { Request } from '../../store/sql/request.ts';
import type { WriteStatement } from '../../store/sql/write.ts';
import type { WorkspaceRow } from '../../store/tables/workspaces.ts';
import type { Scope } from '../scope.ts';
import type { LoadedList } from './loaded-list.ts';
import type { LoadedRuns } from './loaded-runs.ts';

/** A change to record: one row of the workspace's history. */
export interface Change {
  readonly verb: EventVerb;
  readonly taskId: string | null;
  /** The run that it was part of, began or ended. */
  readonly runId?: string | undefined;
  readonly key?: string;
  readonly old?: unknown;
  readonly new?: unknown;
}

/**
 * An open writing transaction on one workspace. It remembers the rows it has read (`list`), keeps
 * its writes until `flush`, and so sends a verb's statements in a few flights.
 */
export interface Write {
  /** The database, for rows that are not remembered; it sees no write before `flush`. */
  readonly db: Transaction;
  readonly workspace: WorkspaceRow;
  readonly scope: Scope;
  /** The database's time when the guard was taken, UTC text as stored: the time of all changes. */
  readonly at: string;
  /** When the change was made: `at`, or before it where the change was queued. */
  readonly madeAt: string;
  readonly list: LoadedList;
  readonly runs: LoadedRuns;
  /** Makes the id of a new row; the same request gets the same ids again. */
  newId(): string;
  /** Takes the key that was chosen for the next task it makes, where the change was queued. */
  takeKey(): string | undefined;
  /** Queues a statement for the next flush. */
  send(...statements: readonly WriteStatement[]): void;
  /** Counts a task that was added to the workspace with a key of its own. */
  countTask(): void;
  record(change: Change): void;
  /** Marks a task whose status or queue changed: those that need it and its container follow. */
  statusChanged(taskId: string): void;
  /** Marks a task whose dependencies changed: it and everything below it follow. */
  dependenciesChanged(taskId: string): void;
  /** Marks the work item of a task that is no subtask for recomputation. */
  billingChanged(taskId: string): void;
  /** The ids of tasks that this change made ready, after `deriveQueues`. */
  readonly nowReady: readonly string[];
  /** The ids of containers whose status followed, after `deriveQueues`. */
  readonly containersChanged: Set<string>;
  /**
   * What the containers that a verb closes become, by their ids, where everything below them is
   * cancelled.
   */
  readonly closing: Map<string, 'completed' | 'cancelled'>;
  /** The work items that are new or changed, by their ids, after `deriveAll`. */
  readonly workItemsChanged: Map<string, WorkItemView>;
  /** Brings queues and containers in line with the changes so far. */
  deriveQueues(): Promise<void>;
  /**
   * Derives queues and containers, and brings work items in line with their tasks. It runs by
   * itself at the end of a transaction.
   */
  deriveAll(): Promise<void>;
  /** Sends the queued statements with their events, and then a question, all in one flight. */
  flush<T>(question: Request<T>): Promise<T>;
}
