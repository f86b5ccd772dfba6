import type { Transaction } from '../store/contract.ts';
import type { WorkspaceRow } from '../store/tables/workspaces.ts';
import type { Scope } from './scope.ts';

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

/** An open writing transaction on one workspace. */
export interface Write {
  readonly db: Transaction;
  readonly workspace: WorkspaceRow;
  readonly scope: Scope;
  record(change: Change): void;
  /** Says that a task's status or place changed: those that need it and its container follow. */
  moved(taskId: string): void;
  /** Says that what a task needs changed: it and everything below it follow. */
  rewired(taskId: string): void;
  /** Says that what is billed for a task that is no subtask may differ now. */
  rebilled(taskId: string): void;
  /** After `settled`: ids of the tasks that this change made ready. */
  readonly nowReady: readonly string[];
  /** After `settled`: ids of the containers whose status followed. */
  readonly followed: Set<string>;
  /** After `concluded`: ids of the tasks whose work item is new or says something new. */
  readonly billed: Set<string>;
  /** Brings lists and containers in line with what moved so far. */
  settled(): Promise<void>;
  /** The same, and work items in line with their tasks. Done by itself at the end. */
  concluded(): Promise<void>;
}
