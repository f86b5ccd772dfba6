import { randomUUID } from 'node:crypto';
import { describeProgram } from '../access/describe-session.ts';
import { keepWorkerAlive } from '../access/heartbeat.ts';
import type { OpenList } from '../access/list-context.ts';
import { openList } from '../access/open-list.ts';
import { findWorker, namedSession } from '../access/worker.ts';
import { actorOf } from '../config/actor.ts';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import type { EventView } from '../model/answers/task.ts';
import {
  checkFolderArguments,
  checkListArguments,
  checkWorkerArgument,
} from '../model/arguments/list.ts';
import { DocketError } from '../model/errors.ts';
import { heartbeatOfProcess, recordHeartbeat } from '../state/heartbeat.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { openNamedList } from '../tracker/database/open-named-list.ts';
import { serialStore } from '../tracker/database/serial-store.ts';
import { type EventsSince, eventsSince } from '../tracker/reads/events-since.ts';
import { writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { Scope } from '../tracker/scope.ts';
import { callOperation } from './check-input.ts';
import { findOperation } from './find-operation.ts';
import { type FollowOptions, followEvents } from './follow-events.ts';
import type { Operation, Watch } from './operation.ts';
import type { AnswerTo, InputOf, OperationName } from './operation-types.ts';
import type { DatabaseOptions, FolderOptions, ProgramWorker } from './program-options.ts';

/** How a program calls an operation. */
export interface CallOptions extends Watch {
  /**
   * A UUID of version 7 that the caller makes and keeps. What the operation writes gets ids that follow
   * from it, and its events carry it, so that a call which is repeated after an outage can be told.
   */
  readonly requestId?: string;
}

/** An open list for a program. Its callers may work at the same time. */
export interface Docket {
  /** Checks an input and runs an operation with it. @throws DocketError `usage`: no such name ... */
  call<Name extends OperationName, Input extends InputOf<Name>>(
    name: Name,
    input: Input,
    options?: CallOptions,
  ): Promise<AnswerTo<Name, Input>>;
  /** Reads the events after the one with the number `seq`, oldest first; 100 events at most. */
  eventsSince(seq: number, options?: { readonly limit?: number }): Promise<EventsSince>;
  /**
   * Gives the events one by one as they happen, whoever makes them, until the docket is closed or
   * the signal is aborted. It looks once a second and waits an outage of the database out.
   *
   * ```ts
   * for await (const event of docket.events({ since: 0 })) console.log(event.verb, event.title);
   * ```
   */
  events(options?: FollowOptions): AsyncIterableIterator<EventView>;
  /** Ends all iterations over events and closes the database, once what was called is done. */
  close(): Promise<void>;
}

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
export async function openDocket(options: FolderOptions | DatabaseOptions): Promise<Docket> {
  // A program in plain JavaScript may give neither.
  const given: Partial<FolderOptions & DatabaseOptions> | undefined = options;
  const { folder, connection, worker } = given ?? {};
  if ((folder === undefined) === (connection === undefined)) {
    const needs = folder === undefined ? 'needs' : 'takes only one of';
    throw new DocketError('usage', `openDocket ${needs} a folder or a connection`, {
      hint: "await openDocket({ folder: '.' }) opens the list of this folder",
    });
  }
  if (folder === undefined || worker !== undefined) checkWorkerArgument(options, 'openDocket:');
  return folder === undefined
    ? openDatabase(options as DatabaseOptions)
    : openFolder({ ...options, folder });
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
): Docket {
  const scope = { ...shared, store: serialStore(shared.store) };
  const list = { ...rest, scope };
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
    const called = { ...list, scope: { ...scope, requestId } };
    const answer = await callOperation(operation, called, { input: input ?? {}, watch });
    await keepAlive(list, answer);
    return answer;
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

/** Refuses a number that a query could not take. */
function checkNumber(
  name: string,
  value: number,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new DocketError('invalid_input', `${name} must be a whole number from ${from} to ${to}`);
}

async function openFolder({
  folder,
  database,
  env = process.env,
  worker: program,
}: FolderOptions): Promise<Docket> {
  requireFolder(folder);
  // What Node.js gives is no plain record to the schema.
  checkFolderArguments({ database, env: env === process.env ? {} : env }, 'openDocket:');
  const isNamed = program === undefined && namedSession(env) !== undefined;
  const worker = isNamed ? undefined : workerOf(program ?? { actor: actorOf(env, folder) });
  const list = await openList({ env, cwd: folder, database });
  return worker === undefined
    ? docketOf(list, keepWorkerAlive)
    : docketOf({ ...list, scope: { ...list.scope, worker } }, programHeartbeat());
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
