import { randomUUID } from 'node:crypto';
import { describeProgram } from '../access/describe-session.ts';
import { keepWorkerAlive } from '../access/heartbeat.ts';
import type { OpenList } from '../access/list-context.ts';
import { openList } from '../access/open-list.ts';
import { findWorker, namedSession } from '../access/worker.ts';
import { actorOf } from '../config/actor.ts';
import type { TaskDetails, TasksAnswer } from '../model/answers/task.ts';
import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { heartbeatOfProcess, recordHeartbeat } from '../state/heartbeat.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { ensureWorkspace, type WorkspaceName } from '../tracker/database/join-workspace.ts';
import { openStore } from '../tracker/database/open.ts';
import { serialStore } from '../tracker/database/serial-store.ts';
import { type EventsSince, eventsSince } from '../tracker/reads/events-since.ts';
import { writeHeartbeat } from '../tracker/runs/sessions.ts';
import type { ModeSettings, Scope } from '../tracker/scope.ts';
import type { catalogue } from './catalogue.ts';
import { callOperation } from './check-input.ts';
import { findOperation } from './find-operation.ts';
import type { Operation, Watch } from './operation.ts';

type Loaded<Name extends keyof typeof catalogue> = Awaited<ReturnType<(typeof catalogue)[Name]>>;

/** The name of an operation on a list: `create`, `claim`, `client.add` ... */
export type OperationName = {
  [Name in keyof typeof catalogue]: Loaded<Name> extends { run: unknown } ? Name : never;
}[keyof typeof catalogue];

/** The input of an operation. */
export type InputOf<Name extends OperationName> =
  Loaded<Name> extends Operation<infer Input, infer _> ? Input : never;

/** The answer of an operation. */
export type AnswerOf<Name extends OperationName> =
  Loaded<Name> extends Operation<infer _, infer Answer> ? Answer : never;

/** The answer to an input: about several tasks where it names them by `tasks`, else about one. */
export type AnswerTo<Name extends OperationName, Input> = Input extends {
  readonly tasks: readonly string[];
}
  ? Extract<AnswerOf<Name>, AboutSeveral>
  : Exclude<AnswerOf<Name>, AboutSeveral>;

/** The marks of an answer about several tasks of an operation that also takes one. */
type AboutSeveral = Pick<TasksAnswer, 'tasks' | 'followed'> | TaskDetails;

/** The worker that a program acts as. */
export interface ProgramWorker {
  /** The actor as others see it: `alice@one`. */
  readonly actor: string;
  /** The session that holds its claims; a new one by default. */
  readonly session?: string;
  /** The agent inside the session; `main` by default. */
  readonly agent?: string;
}

/** The list that a folder means, as the command line finds it there. */
export interface FolderOptions {
  readonly folder: string;
  /** A database URL that counts before any configuration. */
  readonly database?: string;
  /** The environment that configuration is looked up by; the process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The worker; by default the session that the environment names, else this program. */
  readonly worker?: ProgramWorker;
}

/** A list by its database and its name. */
export interface DatabaseOptions {
  /** A SQLite file is made and migrated on the way; a server is migrated by `docket migrate`. */
  readonly connection: Connection;
  /** The list, as `.claude/docket.json` names it; made when the database does not have it. */
  readonly workspace: WorkspaceName;
  readonly worker: ProgramWorker;
  /** The attribution of new tasks; else each says so itself. */
  readonly mode?: ModeSettings;
}

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
  if (given?.folder === undefined && given?.connection === undefined) {
    throw new DocketError('usage', 'openDocket needs a folder or a connection', {
      hint: "await openDocket({ folder: '.' }) opens the list of this folder",
    });
  }
  return 'folder' in options ? openFolder(options) : openDatabase(options);
}

/**
 * Gives the operations of an open list, such as an orchestrator's; closing them closes the list.
 */
export function docketOn(scope: Scope): Docket {
  return docketOf({ scope, env: {} }, programHeartbeat());
}

/** Wraps an open list for a program; `keepAlive` sends a heartbeat after each operation. */
function docketOf(
  { scope: shared, ...rest }: OpenList,
  keepAlive: (list: OpenList, answer: unknown) => Promise<void>,
): Docket {
  const scope = { ...shared, store: serialStore(shared.store) };
  const list = { ...rest, scope };
  return {
    async call<Name extends OperationName, Input>(
      name: Name,
      input: Input,
      { requestId, ...watch }: CallOptions = {},
    ) {
      // The catalogue's own type says which answer belongs to which name.
      const operation = (await findOperation(name)) as Operation<unknown, AnswerTo<Name, Input>>;
      const called = { ...list, scope: { ...scope, requestId } };
      const answer = await callOperation(operation, called, { input, watch });
      await keepAlive(list, answer);
      return answer;
    },
    eventsSince: (seq, { limit = 100 } = {}) => eventsSince(scope, seq, { limit }),
    close: () => scope.store.close(),
  };
}

async function openFolder({
  folder,
  database,
  env = process.env,
  worker: program,
}: FolderOptions): Promise<Docket> {
  const isNamed = program === undefined && namedSession(env) !== undefined;
  const worker = isNamed ? undefined : workerOf(program ?? { actor: actorOf(env, folder) });
  const list = await openList({ env, cwd: folder, database });
  return worker === undefined
    ? docketOf(list, keepWorkerAlive)
    : docketOf({ ...list, scope: { ...list.scope, worker } }, programHeartbeat());
}

async function openDatabase({
  connection,
  workspace,
  worker: program,
  mode,
}: DatabaseOptions): Promise<Docket> {
  const worker = workerOf(program);
  const store = await openStore(connection);
  try {
    const { id: workspaceId } = await ensureWorkspace(store, workspace, worker.actor);
    const probe = createProcessProbe();
    return docketOn({ store, workspaceId, worker, probe, mode });
  } catch (error) {
    await store.close();
    throw error;
  }
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
