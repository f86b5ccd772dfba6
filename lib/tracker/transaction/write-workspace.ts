import { DocketError } from '../../model/errors.ts';
import type { Db } from '../../store/contract.ts';
import { insertEvent } from '../../store/tables/events.ts';
import { advanceSeq, takeGuard } from '../../store/tables/workspaces.ts';
import { deriveState } from '../derive/derive-state.ts';
import { syncWorkItems } from '../derive/work-items.ts';
import { makeToken } from '../ids.ts';
import type { Scope } from '../scope.ts';
import type { Change, Write } from '../write.ts';
import { WrongWorkspace } from './wrong-workspace.ts';

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
    if (!(error instanceof WrongWorkspace)) throw error;
    return await writeUnderGuard({ ...scope, workspaceId: error.workspaceId }, work).catch(
      refuseTwo,
    );
  }
}

function refuseTwo(error: unknown): never {
  if (!(error instanceof WrongWorkspace)) throw error;
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
        nowReady.push(...(await deriveState(write, { moved: [...moved], rewired: [...rewired] })));
        moved.clear();
        rewired.clear();
      },
      concluded: async () => {
        await write.settled();
        if (rebilled.size === 0) return;
        for (const id of await syncWorkItems(write, [...rebilled])) write.billed.add(id);
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
