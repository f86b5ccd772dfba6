import { DocketError } from '../model/errors.ts';
import type { PromptList } from '../model/prompt/list.ts';
import type { QueuedVerb } from '../model/queued-verbs.ts';
import type { Worker } from '../model/task/task.ts';
import type { ClaimMark } from '../state/claim-marks.ts';
import { isHolder } from '../tracker/tasks/own-claim.ts';
import { namedKeys } from './entry.ts';
import type { Item } from './queue.ts';

/** What this machine knows of a list while the database is away. */
export interface KnownList {
  readonly slug: string;
  /** The last list that was shown here, with what commands have changed since. */
  readonly list: PromptList | undefined;
  /** Finds the claim of a task that commands on this machine have made. */
  readonly findMark: (key: string) => ClaimMark | undefined;
  readonly queue: readonly Item[];
  readonly worker: Worker;
}

/** A change that may be queued. */
export interface Judged {
  readonly about: readonly string[];
  /** The key of the subtask that it makes, where its parent decides it. */
  readonly subtask?: string | undefined;
  readonly needsClaim: boolean;
}

/**
 * Decides whether a change may be queued, by what is known here. What cannot be known is refused,
 * not guessed.
 *
 * @throws DocketError `unreachable` with the reason
 */
export function judgeChange(
  verb: QueuedVerb,
  input: Readonly<Record<string, unknown>>,
  known: KnownList,
): Judged {
  const about = namedKeys(input, known.slug);
  if (input.force === true) throw refusal('only the database can tell what --force overrides');
  switch (verb) {
    case 'note':
      return { about, needsClaim: false };
    case 'create':
      return { about, needsClaim: false, subtask: subtaskKey(input.parent, known) };
    case 'close':
      if (input.cancel_open === true) throw refusal('which subtasks are open is not known here');
      return { about, needsClaim: isHeldBy(about, known, { isRequired: true }) };
    case 'report':
      if (about.some((key) => isMadeBy(known.queue, key))) {
        throw refusal(`${about.join(', ')} has no agent at work: it is queued itself`);
      }
      isHeldBy(about, known, { isRequired: false });
      return { about, needsClaim: true };
    case 'block':
      return { about, needsClaim: isHeldBy(about, known, { isRequired: false }) };
  }
}

function refusal(reason: string): DocketError {
  return new DocketError('unreachable', reason);
}

/** Gives the key of a subtask: only a container that nobody else knows yet has known subtasks. */
function subtaskKey(parent: unknown, { slug, queue }: KnownList): string | undefined {
  if (typeof parent !== 'string') return undefined;
  const [key = ''] = namedKeys({ task: parent }, slug);
  if (!isMadeBy(queue, key)) {
    throw refusal(`the key of a subtask of ${key} is given by the database`);
  }
  const made = queue.flatMap((item) => ('entry' in item ? item.entry.makes : []));
  const subtasks = made.filter((each) => each.slice(0, each.lastIndexOf('.')) === key);
  return `${key}.${subtasks.length + 1}`;
}

function isMadeBy(queue: readonly Item[], key: string): boolean {
  return queue.some((item) => 'entry' in item && item.entry.makes.includes(key));
}

/**
 * Whether the worker holds all these tasks, by claims that are known here.
 *
 * @throws DocketError `unreachable` where another holds one, or it is required and not known
 */
function isHeldBy(
  keys: readonly string[],
  known: KnownList,
  { isRequired }: { readonly isRequired: boolean },
): boolean {
  const claims = keys.map((key) => findClaim(key, known));
  const other = claims.find((claim) => typeof claim === 'object' && !isHolder(known.worker, claim));
  if (typeof other === 'object') throw refusal(`${other.key} is claimed by ${other.actor}`);
  const held = claims.filter((claim) => typeof claim === 'object').length;
  if (held > 0 && held < keys.length) throw refusal('not all of these tasks are known to be yours');
  const unknown = keys.find((_, index) => claims[index] === undefined);
  if (isRequired && unknown !== undefined) {
    throw refusal(`this machine does not know whether you hold ${unknown}`);
  }
  return held > 0;
}

type Claim = Worker & { readonly key: string };

/** Finds who holds a task: a claim, nobody in the case of one that is queued, or not known. */
function findClaim(
  key: string,
  { list, queue, findMark }: KnownList,
): Claim | 'nobody' | undefined {
  const closed = queue.find(
    (item) => 'entry' in item && item.entry.verb === 'close' && item.entry.about.includes(key),
  );
  if (closed !== undefined) throw refusal(`${key} is closed by a change that is queued`);
  if (isMadeBy(queue, key)) return 'nobody';
  const shown = [...(list?.mine ?? []), ...(list?.others ?? [])].find((claim) => claim.key === key);
  if (shown !== undefined) return shown;
  const mark = findMark(key);
  return mark === undefined || isFreeSince(mark, key, list) ? undefined : { key, ...mark };
}

/** Whether a claim is over, as the last list shows its task among those that nobody holds. */
function isFreeSince({ since }: ClaimMark, key: string, list: PromptList | undefined): boolean {
  if (list === undefined || list.at < since) return false;
  return [...list.blocked, ...list.ready, ...list.waiting].some((task) => task.key === key);
}
