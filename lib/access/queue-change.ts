import { randomBytes } from 'node:crypto';
import { stateFolder } from '../config/paths.ts';
import { policyOf } from '../config/project-settings.ts';
import { planConnection } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import { whyNotWritten } from '../filesystem/write-error.ts';
import type { QueuedAnswer } from '../model/answers/queued.ts';
import { isLocalFile } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { makeKeyPart } from '../model/key.ts';
import { isQueuedVerb, type QueuedVerb } from '../model/queued-verbs.ts';
import type { Worker } from '../model/task/task.ts';
import { type Entry, type EntryHead, entryId, isRequestId } from '../outbox/entry.ts';
import { isUnsettled } from '../outbox/is-unsettled.ts';
import { judgeChange } from '../outbox/judge.ts';
import { ownQueue } from '../outbox/own-queue.ts';
import { addEntry, type Queue, readQueue } from '../outbox/queue.ts';
import { readClaimMark } from '../state/claim-marks.ts';
import { isKnownList } from '../state/known-list.ts';
import { readSnapshot } from '../state/snapshot.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import { idSource, makeId } from '../tracker/ids.ts';
import { findListContext } from './find-context.ts';
import type { ListContext, ListInput } from './list-context.ts';
import { readProjectSettings } from './mode.ts';
import { rememberQueued } from './remember-queued.ts';
import { findWorker } from './worker.ts';

/** A writing verb that has not reached the database. */
export interface MissedChange {
  readonly verb: string;
  /** The operation's input, checked. */
  readonly input: unknown;
  readonly error: DocketError;
  /** Who acts; by default whoever the environment names. */
  readonly worker?: Worker;
  /** The id that a program has given the call; a new one by default. */
  readonly requestId?: string | undefined;
}

const whatIsQueued = 'create, note, report, and block and close of what you hold are queued';

/**
 * Queues a change for when the database can be reached again. Its ids and the keys of new tasks are
 * final.
 *
 * @throws DocketError `unreachable` where it may not be queued, with the reason
 */
export function queueChange(list: ListInput, missed: MissedChange): QueuedAnswer {
  const { verb, input, error, requestId = makeId() } = missed;
  if (!isQueuedVerb(verb)) throw refused(error, `Meanwhile ${whatIsQueued}, and nothing else`);
  if (isUnsettled(error)) throw error;
  if (!isRequestId(requestId)) throw refused(error, 'Not queued: its requestId is no UUID');
  const { env } = list;
  const context = findListContext(list);
  if (!isAway(error, context, list)) throw error;
  const queue = ownQueue(context, env);
  if (queue === undefined) throw error;
  const snapshot = readSnapshot(stateFolder(env), queue.list)?.list;
  const items = queuedSoFar(queue, error);
  const before = items.find((item) => 'entry' in item && item.entry.requestId === requestId);
  const waiting = items.filter(({ kind }) => kind === 'waiting').length;
  if (before !== undefined && 'entry' in before) return answerOf(before.entry, error, waiting);
  const isTerminal = list.isTerminal?.() ?? true;
  const worker = missed.worker ?? findWorker(env, { folder: context.folder, isTerminal });
  const slug = snapshot?.slug ?? context.workspace.slug;
  const fields = input as Readonly<Record<string, unknown>>;
  const findMark = (key: string) => readClaimMark(stateFolder(env), queue.list, key);
  const known = { slug, list: snapshot, findMark, queue: items, worker };
  const judged = orRefuse(error, () => judgeChange(verb, fields, known));
  const makes = judged.subtask === undefined ? newKeys(verb, fields, slug) : [judged.subtask];
  const { session, agent, actor } = worker;
  const entry: Omit<Entry, 'format'> = {
    ...{ requestId, verb, at: Date.now(), makes, about: judged.about },
    ...{ database: queue.list.database, workspaceId: queue.list.workspace },
    worker: { session, agent, actor },
    input: fields,
    needsClaim: judged.needsClaim,
    ...settingsOf(verb, context),
  };
  try {
    addEntry(queue, entry);
  } catch (cause) {
    throw refused(error, `It could not be queued either: ${whyNotWritten(cause)}`);
  }
  rememberQueued(stateFolder(env), queue.list, entry);
  return answerOf(entry, error, waiting + 1);
}

/** Answers what is queued, and a program that repeats a call the same again. */
function answerOf(
  entry: Omit<EntryHead, 'format'>,
  { message }: DocketError,
  waiting: number,
): QueuedAnswer {
  const { requestId, verb, at, about, makes } = entry;
  return {
    queued: {
      ...{ id: entryId(entry), requestId, verb, about: [...about], makes: [...makes] },
      taskId: verb === 'create' ? idSource(requestId)() : null,
      madeAt: new Date(at).toISOString(),
      reason: message,
      waiting,
    },
  };
}

/** The store's words for a database that may answer later. */
const passing: ReadonlySet<unknown> = new Set(['unreachable', 'too_many_connections', 'conflict']);

/**
 * Whether a list is away that was there before. A database that refuses, one that has lost the list,
 * and one that nobody here has ever reached, would keep what is queued for ever.
 */
function isAway(error: DocketError, context: ListContext, { env }: ListInput): boolean {
  if (error.code !== 'unreachable') return false;
  if (!isKnownList(stateFolder(env), snapshotIdOf(context))) return false;
  const connection = planConnection(context, env);
  const { cause } = error;
  const said = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  // A file that may not be written to stays so until somebody does what the error says.
  if (isLocalFile(connection)) {
    return said === undefined ? isMissingFile(connection) : said === 'conflict';
  }
  return passing.has(said);
}

/** What a change takes with it of the project, which whoever sends it may not be in. */
function settingsOf(verb: QueuedVerb, context: ListContext): Pick<Entry, 'mode' | 'policy'> {
  const settings = readProjectSettings(context);
  if (verb === 'report') return { policy: policyOf(settings) };
  const { mode, client, project } = settings;
  return verb !== 'create' || mode === undefined ? {} : { mode: { mode, client, project } };
}

/**
 * Letters of a key that is chosen without the database, one or two more than usual: among 100,000
 * tasks one in 10,000 such keys is taken.
 */
const keyLetters = 6;

/** Chooses the keys of the tasks that a change makes. */
function newKeys(
  verb: QueuedVerb,
  { follow_ups: followUps }: Readonly<Record<string, unknown>>,
  slug: string,
): readonly string[] {
  const count = verb === 'create' ? 1 : Array.isArray(followUps) ? followUps.length : 0;
  return Array.from({ length: count }, () => `${slug}-${makeKeyPart(keyLetters, randomBytes)}`);
}

function queuedSoFar(queue: Queue, error: DocketError): ReturnType<typeof readQueue> {
  try {
    return readQueue(queue);
  } catch (cause) {
    throw refused(error, `Not queued: ${(cause as Error).message}`);
  }
}

function orRefuse<T>(error: DocketError, work: () => T): T {
  try {
    return work();
  } catch (reason) {
    if (!(reason instanceof DocketError)) throw reason;
    throw refused(error, `Not queued: ${reason.message}`);
  }
}

/** The error of the database, and why the change is not queued. */
function refused({ code, message, hint, cause }: DocketError, why: string): DocketError {
  return new DocketError(code, message, {
    hint: [why, hint].filter(Boolean).join('. '),
    cause,
  });
}
