import { databaseUrl } from '../config/database.ts';
import { stateFolder } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { DocketError } from '../model/errors.ts';
import { isQueueInUse } from '../outbox/queue-folder.ts';
import { resetBreaker } from '../state/breaker.ts';
import { markKnownList } from '../state/known-list.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { markTold } from '../state/told-mark.ts';
import { type Notice, openStoreOf } from '../tracker/database/open.ts';
import { findListContext } from './find-context.ts';
import { keepWorkerAlive } from './heartbeat.ts';
import type { ListContext, ListInput, OpenList } from './list-context.ts';
import { withDatabase } from './migration-hint.ts';
import { missingList, refuseIfUsedBefore, requireFile } from './require-known-list.ts';
import { findWorker } from './worker.ts';

/** An open list that its front door closes. */
export interface ClosableList extends OpenList {
  close(): Promise<void>;
}

/**
 * Runs work on the list that a front door means, and closes the database whatever happens.
 *
 * @throws DocketError `not_initialised`, `not_trusted`, `invalid_config`, `unreachable` ...
 */
export async function withList<T extends { readonly data: unknown }>(
  input: ListInput,
  work: (list: OpenList) => Promise<T>,
): Promise<T> {
  const moved: string[] = [];
  const list = await openList(input, (text) => moved.push(text));
  try {
    if (list.context !== undefined && !input.isWatching) await sendQueued(list.context);
    const result = await work(list);
    if (!input.isWatching) await keepWorkerAlive(list, result.data);
    tellMoved();
    return result;
  } catch (error) {
    // A change of a list that has moved is refused with these words.
    if (!(error instanceof DocketError && error.code === 'list_moved')) tellMoved();
    throw error;
  } finally {
    await list.close();
  }

  function tellMoved(): void {
    for (const text of moved.splice(0)) input.progress?.(text);
  }

  async function sendQueued(context: ListContext): Promise<void> {
    if (!isQueueInUse(input.env, snapshotIdOf(context))) return;
    const { sendBefore } = await import('./send-queued.ts');
    await sendBefore(list, input);
  }
}

/** Tells what is worth knowing of a database, of its place once on this machine. */
function tellNotice(
  { env, progress }: ListInput,
  database: string,
  tellMoved = progress,
): (notice: Notice) => void {
  return ({ kind, text, next }) => {
    if (progress === undefined) return;
    if (kind === 'moved') {
      for (const line of [text, `  ${next}`]) tellMoved?.(line);
      return;
    }
    if (kind !== 'place' || markTold(stateFolder(env), `${kind} ${database}`)) progress(text);
  };
}

/**
 * Opens the list that a front door means.
 *
 * @param tellMoved is told of a list that goes on elsewhere, in place of the input's `progress`
 * @throws DocketError as `withList`
 */
export async function openList(
  input: ListInput,
  tellMoved?: (text: string) => void,
): Promise<ClosableList> {
  const { env } = input;
  const context = findListContext(input);
  const { workspace } = context;
  const isTerminal = input.isTerminal?.() ?? true;
  const worker = findWorker(env, { folder: context.folder, isTerminal });
  const connection = planConnection(context, env);
  requireFile(context, connection, env);
  const { store, hasWorkspace } = await openStoreOf(connection, workspace.id, {
    onNotice: tellNotice(input, databaseUrl(context.database), tellMoved),
  }).catch((error: unknown) => {
    throw withDatabase(error, input);
  });
  try {
    if (!hasWorkspace) {
      refuseIfUsedBefore(context, env);
      if (input.isExisting) throw missingList(context);
      // This is a teammate's clone, whose own database does not know the list yet.
      const { ensureWorkspace } = await import('../tracker/database/join-workspace.ts');
      await ensureWorkspace(store, workspace, worker.actor);
    }
    markKnownList(stateFolder(env), snapshotIdOf(context));
    // The database answers: hooks need not wait for the end of their pause.
    resetBreaker(stateFolder(env), snapshotIdOf(context));
    const scope = { store, workspaceId: workspace.id, worker, probe: createProcessProbe() };
    return { scope, context, env, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}
