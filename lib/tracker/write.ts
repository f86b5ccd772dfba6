import { DocketError } from '../model/errors.ts';
import type { Db, Transaction } from '../store/contract.ts';
import { insertEvent } from '../store/tables/events.ts';
import { advanceSeq, takeGuard, type WorkspaceRow } from '../store/tables/workspaces.ts';
import { BelongsElsewhere } from './belongs-elsewhere.ts';
import { makeToken } from './ids.ts';
import { recordWork } from './record-work.ts';
import type { Scope } from './scope.ts';
import { settle } from './settle.ts';

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

/**
 * Runs one verb: takes the workspace's guard row, then reads, decides and writes, then records its
 * events with the next numbers of the workspace's one order. A verb that records nothing commits
 * nothing. A verb on a task of another workspace runs under that one's guard, in its order.
 *
 * @throws DocketError `not_initialised` when the database does not have the workspace, `conflict`
 * when the verb is about several.
 */
export async function writeWorkspace<T>(
  scope: Scope,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  if (isJoined(scope)) return work(scope.joined);
  try {
    return await writeUnderGuard(scope, work);
  } catch (error) {
    if (!(error instanceof BelongsElsewhere)) throw error;
    return await writeUnderGuard({ ...scope, workspaceId: error.workspaceId }, work).catch(
      refuseTwo,
    );
  }
}

function refuseTwo(error: unknown): never {
  if (!(error instanceof BelongsElsewhere)) throw error;
  throw new DocketError('conflict', `${error.key} is in another workspace than the other task`);
}

function writeUnderGuard<T>(scope: Scope, work: (write: Write) => Promise<T>): Promise<T> {
  return scope.store.write(async (db) => {
    const workspace = await takeGuard(db, scope.workspaceId, makeToken());
    if (workspace === undefined) {
      throw new DocketError('not_initialised', 'the database does not have this workspace', {
        hint: 'docket init',
      });
    }
    const changes: Change[] = [];
    const moved = new Set<string>();
    const rewired = new Set<string>();
    const rebilled = new Set<string>();
    const nowReady: string[] = [];
    const write: Write = {
      db,
      workspace,
      scope,
      nowReady,
      followed: new Set(),
      billed: new Set(),
      record: (change) => changes.push(change),
      moved: (taskId) => moved.add(taskId),
      rewired: (taskId) => rewired.add(taskId),
      rebilled: (taskId) => rebilled.add(taskId),
      settled: async () => {
        nowReady.push(...(await settle(write, { moved: [...moved], rewired: [...rewired] })));
        moved.clear();
        rewired.clear();
      },
      concluded: async () => {
        await write.settled();
        if (rebilled.size === 0) return;
        for (const id of await recordWork(write, [...rebilled])) write.billed.add(id);
        rebilled.clear();
      },
    };
    const result = await work(write);
    await write.concluded();
    await recordAll(write, changes);
    return result;
  });
}

interface JoinedScope extends Scope {
  readonly joined: Write;
}

function isJoined(scope: Scope): scope is JoinedScope {
  return 'joined' in scope;
}

/** Runs several verbs on one workspace as one transaction: all of them happen or none. */
export function together<T>(scope: Scope, work: (scope: Scope) => Promise<T>): Promise<T> {
  return writeWorkspace(scope, (write) => {
    const store = { ...scope.store, read: <R>(read: (db: Db) => Promise<R>) => read(write.db) };
    const joined: JoinedScope = { ...write.scope, store, joined: write };
    return work(joined);
  });
}

async function recordAll({ db, workspace, scope }: Write, changes: readonly Change[]) {
  const [first] = changes;
  if (first === undefined) {
    db.abandon();
    return;
  }
  for (const [index, change] of changes.entries()) {
    await insertEvent(db, {
      workspaceId: workspace.id,
      seq: workspace.seq + index,
      taskId: change.taskId,
      runId: change.runId ?? null,
      verb: change.verb,
      worker: scope.worker,
      oldValue: change.old === undefined ? null : JSON.stringify(change.old),
      newValue: change.new === undefined ? null : JSON.stringify(change.new),
    });
  }
  // The guard already counted one.
  if (changes.length > 1) await advanceSeq(db, workspace.id, workspace.seq + changes.length - 1);
  db.describe(`${scope.worker.actor}: ${first.verb} ${first.key ?? ''}`.trim());
}
