import { DocketError } from '../../model/errors.ts';
import { rootKey } from '../../model/key.ts';
import type { Db, Row, Transaction } from '../../store/contract.ts';
import { type TreeRows, treesRequest } from '../../store/queries/trees.ts';
import { ask, nothing, together } from '../../store/sql/request.ts';
import { isApplied } from '../../store/tables/applied-requests.ts';
import { archivedByKeys } from '../../store/tables/archived-tasks.ts';
import { promoteBegun } from '../../store/tables/ready.ts';
import { runningOfRequest } from '../../store/tables/running-times.ts';
import { runsOfKeyRequest } from '../../store/tables/runs.ts';
import { taskRowByKey } from '../../store/tables/tasks.ts';
import { touchedOfKey } from '../../store/tables/touched-files.ts';
import { guardRequest } from '../../store/tables/workspaces.ts';
import { ListMoved } from '../database/has-moved.ts';
import { makeToken } from '../ids.ts';
import type { Scope } from '../scope.ts';
import { LoadedList } from '../write/loaded-list.ts';
import type { Write } from '../write/write.ts';
import { AlreadyApplied } from './already-applied.ts';
import { keyIsTaken } from './key-is-taken.ts';
import { OpenWrite } from './open-write.ts';
import { WrongWorkspace } from './wrong-workspace.ts';

/**
 * The rows that a verb can name before it has read anything: they are read together with the guard.
 */
export interface Named {
  /** The keys of tasks as the caller gave them; a shortened one is looked up later. */
  readonly keys?: readonly string[];
  /** Whether the runs of the first task are needed, and the files that were edited for it. */
  readonly withRuns?: boolean;
}

/**
 * Runs one verb: takes the workspace's guard row, lets the verb read, decide and write, and records
 * its events with the next numbers of the workspace's one order. A verb that records nothing
 * commits nothing. A verb on a task of another workspace runs again under that one's guard, in its
 * order.
 *
 * @throws DocketError `not_initialised` when the database does not have the workspace, `conflict`
 * when the verb is about several; AlreadyApplied when it is a queued request that was done before.
 */
export async function writeWorkspace<T>(
  scope: Scope,
  named: Named,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  try {
    return await writeUnderGuard(scope, named, work);
  } catch (error) {
    if (!(error instanceof WrongWorkspace)) throw error;
    const there = { ...scope, workspaceId: error.workspaceId };
    return await writeUnderGuard(there, named, work).catch(refuseTwo);
  }
}

function refuseTwo(error: unknown): never {
  if (!(error instanceof WrongWorkspace)) throw error;
  throw new DocketError('conflict', `${error.key} is in another workspace than the other task`);
}

function writeUnderGuard<T>(
  scope: Scope,
  named: Named,
  work: (write: Write) => Promise<T>,
): Promise<T> {
  return scope.store.write(async (db) => {
    const write = await open(db, scope, named);
    const result = await work(write);
    await write.deriveAll();
    await write.flush(nothing);
    write.end();
    return result;
  });
}

/** Takes the guard and reads the rows that the verb named, in one flight. */
async function open(db: Transaction, scope: Scope, named: Named): Promise<OpenWrite> {
  const token = makeToken();
  const { queued, requestId = '' } = scope;
  const keys = [...(named.keys ?? []), ...(queued?.keys ?? [])].map((key) =>
    key.trim().toLowerCase(),
  );
  const roots = [...new Set(keys.map(rootKey))];
  const withRuns = named.withRuns ? keys[0] : undefined;
  const [guard, rows, trees, runs, isDone, archived] = await ask(
    db,
    together(
      guardRequest(db, scope.workspaceId, token),
      together(...keys.map(taskRowByKey)),
      roots.length === 0 ? nothing : treesRequest(roots),
      withRuns === undefined ? nothing : runsOf(db, scope, withRuns),
      queued === undefined ? nothing : isApplied(scope.workspaceId, requestId),
      queued === undefined ? nothing : archivedByKeys(queued.keys),
    ),
  );
  if (guard === undefined) {
    throw new DocketError('not_initialised', 'the database does not have this workspace', {
      hint: 'docket init',
    });
  }
  if (guard.movedTo !== null) throw new ListMoved(guard.movedTo, scope.workspaceId);
  const list = new LoadedList({ token, at: guard.at });
  const found = rows.filter((row): row is Row => row !== undefined);
  if (isDone) throw new AlreadyApplied(requestId);
  for (const { key } of archived ?? []) throw keyIsTaken(key);
  if (trees !== undefined) list.addTrees(foundRoots(trees), trees);
  list.addRows(found);
  const write = new OpenWrite(db, { scope, list, ...guard });
  if (guard.hasBegun) write.send(promoteBegun(guard.workspace.id, guard.at));
  if (runs !== undefined) {
    const [ofTask, times, touched] = runs;
    const [first] = found.filter((row) => row.task_key === keys[0]);
    if (first !== undefined) {
      write.runs.set(String(first.id), ofTask);
      write.runs.setTouched(String(first.id), touched);
    }
    write.runs.setTimes(scope.worker.session, times);
  }
  return write;
}

/**
 * Asks for the runs of a task, the times of those that the worker's session has under way, and the
 * files that were edited for the task.
 */
function runsOf(db: Db, { workspaceId, worker }: Scope, key: string) {
  const by = { workspaceId, session: worker.session };
  return together(runsOfKeyRequest(db, key), runningOfRequest(db, by), touchedOfKey(key));
}

/**
 * Gives the roots of the trees that were found. A shortened key finds none, and is not known yet.
 */
function foundRoots({ states }: TreeRows): readonly string[] {
  return [...new Set(states.map((row) => rootKey(String(row.task_key))))];
}
