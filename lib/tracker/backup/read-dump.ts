import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { DatabaseUser } from '../../model/database-user.ts';
import { DocketError } from '../../model/errors.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { fileFormat } from '../moving/file-format.ts';
import { checkFile } from '../moving/list-in-file.ts';
import type { MovedSource, OnMoving } from '../moving/moved-list.ts';
import { DumpEnd, DumpHead, dumpFormat } from './dump-format.ts';

/** A file that is read line by line from a byte on. */
export interface DumpFile {
  /** Its path. */
  readonly name: string;
  lines(start: number): Iterable<string>;
}

/** Where the lists of a dump begin, in bytes. */
export interface DumpShape {
  readonly lists: readonly number[];
  /** The users of the server that it was made of, as far as it names them. */
  readonly users: readonly DatabaseUser[];
}

const newer = z.object({ format: z.int(), schema: z.int() });

/**
 * Goes over a dump, or a file of one list, once: its beginning, its end and its checksum tell whether
 * it is of this docket, whole and unchanged. What its rows say is not looked at.
 *
 * @throws DocketError `invalid_input`: cut off, changed, or no dump; `schema_too_new`
 */
export function checkDump({ name, lines }: DumpFile): DumpShape {
  const hash = createHash('sha256');
  const lists: number[] = [];
  let offset = 0;
  let last: string | undefined;
  let users: readonly DatabaseUser[] = [];
  for (const text of lines(0)) {
    if (last === undefined) users = requireHead(text, name);
    else hash.update(last).update('\n');
    if (text.startsWith('{"docket":"list"')) lists.push(offset);
    offset += Buffer.byteLength(text) + 1;
    last = text;
  }
  if (last === undefined) throw unfit(name, 'is empty');
  if (!last.startsWith('{"end":')) throw unfit(name, 'has no end: it was cut off');
  const end = z.safeParse(DumpEnd, parse(last));
  if (!end.success) throw unfit(name, 'has half an end: it was cut off or changed');
  const said = 'lists' in end.data ? end.data.lists : 1;
  if (end.data.sha256 !== hash.digest('hex') || said !== lists.length) {
    throw unfit(name, 'was changed since it was written: its checksum is another one');
  }
  return { lists, users };
}

/**
 * Reads a dump as a whole before anything of it is used, and gives its lists.
 *
 * @throws DocketError as `checkDump`; `invalid_input` also for rows that do not fit
 */
export function openDump(
  file: DumpFile,
  onProgress?: OnMoving,
): Pick<DumpShape, 'users'> & { readonly lists: readonly MovedSource[] } {
  const { name } = file;
  const { lists, users } = checkDump(file);
  return {
    users,
    lists: lists.map((start) =>
      checkFile({ name, lines: () => linesOfList(file, start) }, onProgress),
    ),
  };
}

function* linesOfList(file: DumpFile, start: number): Generator<string> {
  for (const text of file.lines(start)) {
    yield text;
    if (text.startsWith('{"end":')) return;
  }
}

/**
 * Refuses what a newer docket wrote, and what is no dump, by the first line.
 *
 * @returns the users that it names
 */
function requireHead(text: string, name: string): readonly DatabaseUser[] {
  const value = text.startsWith('{"docket":') ? parse(text) : undefined;
  const found = z.safeParse(newer, value);
  const isList = text.startsWith('{"docket":"list"');
  if (found.success) {
    const { format, schema } = found.data;
    if (format > (isList ? fileFormat : dumpFormat)) throw tooNew(name, `format ${format}`);
    if (schema > knownVersion) throw tooNew(name, `schema ${schema}`);
  }
  const head = z.safeParse(DumpHead, value);
  if (isList ? !found.success : !head.success) {
    throw unfit(name, 'is no backup that docket wrote');
  }
  return head.data?.users ?? [];
}

/** Says that a newer docket wrote something. */
export function tooNew(name: string, what: string): DocketError {
  return new DocketError('schema_too_new', `${name} has ${what}, which a newer docket wrote`, {
    hint: 'Upgrade: pull the newest docket and run ./scripts/setup again',
  });
}

/** Says that a file cannot be restored. */
export function unfit(name: string, what: string, cause?: unknown): DocketError {
  return new DocketError('invalid_input', `${name} ${what}`, {
    hint: 'Nothing was changed. Take an older backup, or copy this one again from where it lies',
    ...(cause === undefined ? {} : { cause }),
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
