import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../filesystem/durable-write.ts';
import { readText, UnfitFile } from '../filesystem/read-file.ts';
import { whyNotWritten } from '../filesystem/write-error.ts';
import { DocketError } from '../model/errors.ts';
import type { ListId } from '../state/snapshot.ts';
import { readState, writeState } from '../state/state-file.ts';
import { type Entry, type EntryHead, entryId, parseEntry, serialiseEntry } from './entry.ts';

// A queue is a folder with a file for each change, `NUMBER-REQUEST.json`, that is written once and
// never changed. Numbers grow, and of two processes that take the same one at the same time neither
// knows of the other's change, so that names sort as changes follow from each other. Beside the file
// of a change that conflicted stands `NUMBER-REQUEST.kept`, which says why.

/** The queue of one list of this person, on this machine. */
export interface Queue {
  readonly folder: string;
  readonly list: ListId;
}

/** Why a change is kept and not sent. */
export interface Kept {
  readonly code: string;
  readonly reason: string;
  readonly hint?: string | undefined;
  /** The id of the change that must go first. */
  readonly waitsFor?: string | undefined;
}

interface Place {
  readonly id: string;
  /** The file's name without its ending. */
  readonly name: string;
}

export type Item = Place &
  (
    | { readonly kind: 'waiting'; readonly entry: Entry }
    | { readonly kind: 'kept'; readonly entry: Entry; readonly kept: Kept }
    /** Of a newer docket, which sends it. */
    | { readonly kind: 'newer'; readonly entry: EntryHead }
    | { readonly kind: 'damaged'; readonly reason: string }
  );

/** A task with a context has its place, whose characters JSON may write as six. */
const mostBytes = 8 * 1024 * 1024;

const names = /^(\d{6,15})-([0-9a-f-]{36})\.json$/;

/**
 * Reads a queue in its order. A file that is damaged is one of its items.
 *
 * @throws DocketError `invalid_config`: the folder cannot be read
 */
export function readQueue(queue: Queue): readonly Item[] {
  return filesOf(queue).map((file) => {
    const name = file.replace(/\.json$/, '');
    const [, , requestId = name] = names.exec(file) ?? [];
    const place = { id: entryId({ requestId }), name };
    const parsed = parseFile(queue, file);
    if (parsed.kind !== 'entry') return { ...place, ...parsed };
    if (parsed.entry.requestId !== requestId) {
      return { ...place, kind: 'damaged', reason: 'its name is not its own' };
    }
    const kept = readState<Kept>(keptFile(queue, name));
    return typeof kept?.reason === 'string'
      ? { ...place, kind: 'kept', entry: parsed.entry, kept }
      : { ...place, kind: 'waiting', entry: parsed.entry };
  });
}

function filesOf({ folder }: Queue): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json') && !file.startsWith('.'))
      .sort();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw unfit(`what is queued in ${folder} cannot be read: ${code ?? message}`, error);
  }
}

function unfit(message: string, cause: unknown): DocketError {
  const hint = 'See to it; what is queued stays meanwhile, and is sent then';
  return new DocketError('invalid_config', message, { hint, cause });
}

function parseFile({ folder, list }: Queue, file: string) {
  try {
    return parseEntry(readText(join(folder, file), mostBytes) ?? '', list);
  } catch (error) {
    return { kind: 'damaged', reason: (error as Error).message } as const;
  }
}

/** Reads which list the change in a file is for; undefined where the file is damaged. */
export function listOfFile(
  path: string,
): Partial<Pick<Entry, 'database' | 'workspaceId'>> | undefined {
  try {
    return JSON.parse((readText(path, mostBytes) ?? '').split('\n')[0] ?? '') ?? undefined;
  } catch {
    return undefined;
  }
}

function keptFile({ folder }: Queue, name: string): string {
  return join(folder, `${name}.kept`);
}

/**
 * Puts a change at the end of a queue. It is on the disk when this returns.
 *
 * @returns the name of its file, without the ending.
 * @throws UnfitFile when it is too large to be read again; Node's error when it cannot be written
 */
export function addEntry(queue: Queue, entry: Omit<Entry, 'format'>): string {
  const text = serialiseEntry(entry);
  if (Buffer.byteLength(text) > mostBytes)
    throw new UnfitFile(`it has more than ${mostBytes} bytes`);
  const last = filesOf(queue).reduce((most, file) => Math.max(most, numberOf(file)), 0);
  const name = `${String(last + 1).padStart(6, '0')}-${entry.requestId}`;
  writeDurably(queue.folder, `${name}.json`, text);
  return name;
}

function numberOf(file: string): number {
  return Number(names.exec(file)?.[1] ?? 0);
}

/** Keeps a change that conflicted, with the reason. */
export function keepEntry(queue: Queue, { name }: Pick<Place, 'name'>, kept: Kept): void {
  writeState(keptFile(queue, name), kept);
}

/** Lets a kept change wait again. */
export function releaseEntry(queue: Queue, { name }: Pick<Place, 'name'>): void {
  rmSync(keptFile(queue, name), { force: true });
}

/**
 * Takes a change out of its queue that was done, or that its person gave up.
 *
 * @throws DocketError `invalid_config`: it stays, as a folder of its name does, which is nobody's change
 */
export function removeEntry(queue: Queue, { name }: Pick<Place, 'name'>): void {
  const path = join(queue.folder, `${name}.json`);
  try {
    rmSync(path, { force: true });
    releaseEntry(queue, { name });
  } catch (error) {
    throw unfit(`${path} cannot be removed (${whyNotWritten(error)})`, error);
  }
}

/** A draft that is older was left by a process that was killed before it said that it had queued. */
const draftsFor = 3_600_000;

/** Whether a process of this id runs. One that is taken for dead writes its draft anew. */
function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Removes what killed processes have left, and the folder when the queue is empty. */
export function tidyQueue({ folder }: Queue, now: number): void {
  try {
    const files = readdirSync(folder);
    for (const file of files) {
      const path = join(folder, file);
      const isDraft =
        file.startsWith('.') &&
        (!isRunning(Number(file.split('.').at(-1))) || now - lstatSync(path).mtimeMs > draftsFor);
      const isLeft = file.endsWith('.kept') && !files.includes(file.replace(/\.kept$/, '.json'));
      if (isDraft || isLeft) rmSync(path, { force: true });
    }
    rmdirSync(folder);
  } catch {
    // There is something in it, or another process tidies as well.
  }
}
