import { DocketError } from '../model/errors.ts';
import { isQueuedVerb, type QueuedVerb } from '../model/queued-verbs.ts';
import type { Policy } from '../model/run/policy.ts';
import type { Worker } from '../model/task/task.ts';
import type { ModeSettings } from '../tracker/scope.ts';

/** Goes up when an older docket could not do what an entry asks; then it leaves the entry alone. */
const format = 1;

/** The part of an entry that every docket can read, of whatever format. */
export interface EntryHead {
  readonly format: number;
  /** A UUID of version 7: the database does what it asks once. */
  readonly requestId: string;
  readonly verb: string;
  /** When it was made, by this machine's clock (milliseconds since 1970). */
  readonly at: number;
  /** The keys of the tasks that it makes, and of those that it is about. */
  readonly makes: readonly string[];
  readonly about: readonly string[];
}

/** A change that waits for the database. */
export interface Entry extends EntryHead {
  readonly verb: QueuedVerb;
  readonly database: string;
  readonly workspaceId: string;
  readonly worker: Worker;
  /** The operation's input, as it was checked. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether the worker held the task: what became of a task whose claim is over is not its to say. */
  readonly needsClaim: boolean;
  /** The project's settings, which another folder may not have. */
  readonly mode?: ModeSettings | undefined;
  readonly policy?: Policy | undefined;
}

function hashOf(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');
}

/** Writes an entry down: its JSON in one line, and below it the line's SHA-256. */
export function serialiseEntry(entry: Omit<Entry, 'format'>): string {
  const line = JSON.stringify({ format, ...entry });
  return `${line}\n${hashOf(line)}\n`;
}

/** What a file of the queue holds: an entry, one of a newer docket, or nothing that can be read. */
export type Parsed =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'newer'; readonly entry: EntryHead }
  | { readonly kind: 'damaged'; readonly reason: string };

/** Reads what `serialiseEntry` wrote. */
export function parseEntry(
  text: string,
  list: { readonly database: string; readonly workspace: string },
): Parsed {
  const [line = '', hash = ''] = text.split('\n');
  if (hash === '' || hashOf(line) !== hash) {
    return { kind: 'damaged', reason: 'it is not as it was written' };
  }
  const entry = parseHead(line);
  if (entry === undefined) return { kind: 'damaged', reason: 'it holds no change' };
  if (entry.format > format) return { kind: 'newer', entry };
  const { database, workspaceId } = entry as Partial<Entry>;
  if (database !== list.database || workspaceId !== list.workspace) {
    return { kind: 'damaged', reason: 'it is for another list' };
  }
  if (!isQueuedVerb(entry.verb)) return { kind: 'newer', entry };
  return { kind: 'entry', entry: entry as Entry };
}

function parseHead(line: string): EntryHead | undefined {
  try {
    const head = JSON.parse(line) as Partial<Record<keyof EntryHead, unknown>> | null;
    const { requestId, verb, at, makes, about } = head ?? {};
    const isWhole =
      typeof head?.format === 'number' &&
      typeof requestId === 'string' &&
      typeof verb === 'string' &&
      typeof at === 'number' &&
      [makes, about].every(Array.isArray);
    return isWhole ? (head as unknown as EntryHead) : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an id can name a file of the queue, as a UUID in small letters does. */
export function isRequestId(id: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
}

/** Names an entry for people: the end of its request id, which is random. */
export function entryId({ requestId }: Pick<EntryHead, 'requestId'>): string {
  return requestId.slice(-6);
}

/** Gives the keys that an input names. @throws DocketError `usage` for no key at all */
export function namedKeys(input: Readonly<Record<string, unknown>>, slug: string): string[] {
  const { task, tasks, parent, needs } = input;
  const named = [task, ...listOf(tasks), parent, ...listOf(needs)];
  return named.flatMap((key) => (typeof key === 'string' ? [wholeKey(key, slug)] : []));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A key as people type it, with the list's slug before it. */
function wholeKey(text: string, slug: string): string {
  const key = text.trim().toLowerCase();
  if (key === '') throw new DocketError('usage', 'a key is empty');
  return key.includes('-') ? key : `${slug}-${key}`;
}
