import { randomUUID } from 'node:crypto';
import { describeProgram } from '../access/describe-session.ts';
import { keepWorkerAlive } from '../access/heartbeat.ts';
import type { ListContext, ListInput, OpenList } from '../access/list-context.ts';
import { openList } from '../access/open-list.ts';
import { type QueueingList, withQueue } from '../access/with-queue.ts';
import { findWorker, namedSession } from '../access/worker.ts';
import { actorOf } from '../config/actor.ts';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import {
  checkFolderArguments,
  checkListArguments,
  checkWorkerArgument,
} from '../model/arguments/list.ts';
import { DocketError } from '../model/errors.ts';
import { isQueuedVerb } from '../model/queued-verbs.ts';
import { heartbeatOfProcess, recordHeartbeat } from '../state/heartbeat.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { openNamedList } from '../tracker/database/open-named-list.ts';
import { serialStore } from '../tracker/database/serial-store.ts';
import { type EventsSince, eventsSince } from '../tracker/reads/events-since.ts';
import { writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import { AlreadyApplied } from '../tracker/transaction/already-applied.ts';
import { callOperation, checkInput } from './check-input.ts';
import type { CallOptions, Docket, QueueingDocket } from './docket.ts';
import { findOperation } from './find-operation.ts';
import { followEvents } from './follow-events.ts';
import type { Operation } from './operation.ts';
import type { AnswerTo, OperationName } from './operation-types.ts';
import type {
  DatabaseOptions,
  FolderOptions,
  ProgramWorker,
  QueueingOptions,
} from './program-options.ts';

/**
 * Opens a list for a program.
 *
 * ```ts
 * const docket = await openDocket({ folder: '/home/alice/web', worker: { actor: 'alice@one' } });
 * const { task } = await docket.call('create', { title: 'Rotate the signing key', priority: 1 });
 * await docket.call('claim', { task: task.key });
 * await docket.call('note', { task: task.key, text: 'The old key signs until Friday' });
 * await docket.call('close', { task: task.key, outcome: 'Rotated' });
 * await docket.close();
 * ```
 *
 * @throws DocketError `usage`, `not_initialised`, `not_trusted`, `invalid_config`, `unreachable`,
 * `migration_due`, `schema_too_new`
 */
export async function openDocket(options: QueueingOptions): Promise<QueueingDocket>;
export async function openDocket(options: FolderOptions | DatabaseOptions): Promise<Docket>;
export async function openDocket(
  options: QueueingOptions | FolderOptions | DatabaseOptions,
): Promise<QueueingDocket> {
  // A program in plain JavaScript may give neither.
  const given: Partial<QueueingOptions & DatabaseOptions> | undefined = options;
  const { folder, connection, worker, queue = false } = given ?? {};
  if ((folder === undefined) === (connection === undefined)) {
    const needs = folder === undefined ? 'needs' : 'takes only one of';
    throw new DocketError('usage', `openDocket ${needs} a folder or a connection`, {
      hint: "await openDocket({ folder: '.' }) opens the list of this folder",
    });
  }
  if (typeof queue !== 'boolean' || (queue && folder === undefined)) {
    const wrong = folder === undefined ? 'is for a list that a folder means' : 'must be a boolean';
    throw new DocketError('usage', `openDocket: queue ${wrong}`, {
      hint: "await openDocket({ folder: '.', queue: true })",
    });
  }
  if (folder === undefined || worker !== undefined) checkWorkerArgument(options, 'openDocket:');
  return folder === undefined
    ? openDatabase(options as DatabaseOptions)
    : openFolder({ ...options, folder }, queue);
}

/**
 * Gives the operations of an open list, such as an orchestrator's; closing them closes the list.
 */
export function docketOn(scope: Scope): Docket {
  // A program in plain JavaScript may give anything.
  const store: unknown = (scope as Partial<Scope> | undefined)?.store;
  if (store === undefined)
    throw new DocketError('usage', 'docketOn needs the scope of an open list');
  return docketOf({ scope, env: {} }, programHeartbeat());
}

/** Wraps an open list for a program; `keepAlive` sends a heartbeat after each operation. */
function docketOf(
  { scope: shared, ...rest }: OpenList,
  keepAlive: (list: OpenList, answer: unknown) => Promise<void>,
  queueing?: QueueingInput,
): Docket {
  const scope = { ...shared, store: serialStore(shared.store) };
  const list = { ...rest, scope };
  const queued = queueing && { ...queueing, list: { ...list, context: queueing.context } };
  const end = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function close(): Promise<void> {
    await Promise.allSettled(underWay);
    await scope.store.close();
  }

  async function readEvents(seq: number, limit: number): Promise<EventsSince> {
    requireOpen();
    checkNumber('seq', seq, { from: 0, to: Number.MAX_SAFE_INTEGER });
    checkNumber('limit', limit, { from: 1, to: 1_000 });
    return eventsSince(scope, seq, { limit });
  }

  function requireOpen(): void {
    if (closed !== undefined) throw new DocketError('usage', 'this docket is closed');
  }

  async function call<Name extends OperationName, Input>(
    name: Name,
    input: Input,
    { requestId, ...watch }: CallOptions = {},
  ) {
    // The catalogue's own type says which answer belongs to which name.
    const operation = (await findOperation(name)) as Operation<unknown, AnswerTo<Name, Input>>;
    const called = { ...list, scope: { ...scope, ...requested(requestId, operation.name) } };
    const work = async () => {
      const answer = await callOperation(operation, called, { input: input ?? {}, watch }).catch(
        refuseRepeated,
      );
      await keepAlive(list, answer);
      return answer;
    };
    if (queued === undefined) return work();
    const change = {
      ...{ verb: operation.name, isWriting: operation.access !== 'look', requestId },
      checkInput: () => checkInput(operation, input ?? {}),
    };
    // The type of a docket that queues says that an answer can be the queue's.
    return withQueue(queued, change, work) as Promise<AnswerTo<Name, Input>>;
  }

  return {
    async call(...given) {
      requireOpen();
      const answer = call(...given);
      underWay.add(answer);
      return answer.finally(() => underWay.delete(answer));
    },
    eventsSince: (seq, { limit = 100 } = {}) => readEvents(seq, limit),
    events({ signal = end.signal, ...options } = {}) {
      const either = AbortSignal.any([signal, end.signal]);
      return followEvents(readEvents, { ...options, signal: either });
    },
    close() {
      end.abort();
      closed ??= close();
      return closed;
    },
  };
}

/** What a call is done with that has an id: what could be queued is remembered, and done once. */
function requested(
  requestId: string | undefined,
  verb: string,
): Pick<Scope, 'requestId' | 'queued'> {
  const isRemembered = requestId !== undefined && isQueuedVerb(verb);
  return isRemembered
    ? { requestId, queued: { keys: [], age: 0, needsClaim: false } }
    : { requestId };
}

function refuseRepeated(error: unknown): never {
  if (!(error instanceof AlreadyApplied)) throw error;
  throw new DocketError('conflict', error.message, {
    hint: 'docket log shows what it did; another call needs another requestId',
    cause: error,
  });
}

/** Refuses a number that a query could not take. */
function checkNumber(
  name: string,
  value: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new DocketError('invalid_input', `${name} must be a whole number from ${from} to ${to}`);
}

/** How the list of a docket that queues was found. */
type QueueingInput = Pick<QueueingList, 'input'> & { readonly context: ListContext };

async function openFolder(
  { folder, database, env = process.env, worker: program }: FolderOptions,
  isQueueing: boolean,
): Promise<Docket> {
  requireFolder(folder);
  // What Node.js gives is no plain record to the schema.
  checkFolderArguments({ database, env: env === process.env ? {} : env }, 'openDocket:');
  const isNamed = program === undefined && namedSession(env) !== undefined;
  const worker = isNamed ? undefined : workerOf(program ?? { actor: actorOf(env, folder) });
  const input: ListInput = { env, cwd: folder, database };
  const list = await openList(input);
  const { context } = list;
  const queueing = isQueueing && context !== undefined ? { input, context } : undefined;
  return worker === undefined
    ? docketOf(list, keepWorkerAlive, queueing)
    : docketOf({ ...list, scope: { ...list.scope, worker } }, programHeartbeat(), queueing);
}

/** Refuses a path that is wrong: the folders above it might mean another list. */
function requireFolder(folder: unknown): void {
  const found = typeof folder === 'string' && folder !== '' ? statOrUndefined(folder) : 'no path';
  if (typeof found === 'object' && found.isDirectory()) return;
  const message =
    found === 'no path' ? 'folder must be a path' : `there is no folder ${String(folder)}`;
  throw new DocketError('usage', `openDocket: ${message}`, {
    hint: 'folder is the root of a project, or any folder in it',
  });
}

async function openDatabase(options: DatabaseOptions): Promise<Docket> {
  checkListArguments(options, 'openDocket:');
  const { connection, workspace, mode } = options;
  const worker = workerOf(options.worker);
  return openNamedList({ connection, workspace, actor: worker.actor }, (list) => {
    const scope = { ...list, worker, probe: createProcessProbe() };
    return docketOn(mode === undefined ? scope : { ...scope, mode, isModeArgument: true });
  });
}

/** Sends the heartbeats of a program, whose session lives as long as this process. */
function programHeartbeat(): (list: OpenList) => Promise<void> {
  const heartbeat = heartbeatOfProcess();
  return async ({ scope }) => {
    const write = () => writeHeartbeat(scope.store, describeProgram(scope));
    // The heartbeat is a courtesy to others: when it fails, the operation has succeeded all the
    // same.
    await recordHeartbeat(heartbeat, write).catch(() => {});
  };
}

/** Makes the worker of a program. @throws DocketError `usage` when a name is too long. */
function workerOf({ actor, session = `program:${randomUUID()}`, agent }: ProgramWorker) {
  const env = { DOCKET_ACTOR: actor, DOCKET_SESSION: session, DOCKET_AGENT: agent };
  return findWorker(env, { folder: undefined, isTerminal: false });
}
