import { createHash } from 'node:crypto';
import { DocketError } from '../../model/errors.ts';
import type { SqlValue } from '../../store/contract.ts';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { type MovedTable, movedTables } from '../../store/moving/moved-tables.ts';
import { compareKeys } from '../../store/moving/place-page.ts';
import { keyOf, type MovedRow } from '../../store/moving/read-rows.ts';
import { eventInLines } from '../../store/moving/row-lines.ts';
import { FileEnd, FileHead, fileFormat } from './file-format.ts';
import { type FileRow, parseJson, parseRow, wrong } from './file-rows.ts';
import type { MovedList, MovedSource, OnMoving } from './moved-list.ts';
import { sumOf } from './moved-list.ts';

/** A file that is read line by line, from its beginning each time. */
export interface LineFile {
  /** Its path. */
  readonly name: string;
  lines(): Iterable<string>;
}

/** Rows that a page of a file has. */
const pageSize = 200;

/**
 * Reads docket's own file once as a whole, before anything of it is used: it must be complete and
 * unchanged, of a version that this docket knows, and of one list whose rows refer to each other.
 *
 * @throws DocketError `invalid_input`, `schema_too_new`
 */
export function checkFile(file: LineFile, onProgress: OnMoving = () => {}): MovedSource {
  const hash = createHash('sha256');
  const check = new RowCheck(file.name);
  let head: FileHead | undefined;
  let end: FileEnd | undefined;
  let number = 0;
  for (const text of file.lines()) {
    number += 1;
    const where = `${file.name}, line ${number}`;
    if (end !== undefined) throw wrong(where, 'comes after the end of the list');
    if (head === undefined) {
      head = readHead(text, file.name);
      check.begin(head);
    } else if (text.startsWith('{"end":')) {
      end = readEnd(text, where);
      continue;
    } else {
      check.add(parseRow(text, where), where);
      if (number % pageSize === 0) {
        onProgress({ step: 'check', done: check.rows, total: sumOf(head.counts) });
      }
    }
    hash.update(text).update('\n');
  }
  if (head === undefined) throw wrong(file.name, 'is empty');
  if (end === undefined) {
    throw wrong(file.name, `has no end: ${check.rows} of ${sumOf(head.counts)} rows are there`);
  }
  if (end.rows !== check.rows || end.sha256 !== hash.digest('hex')) {
    throw wrong(file.name, 'was changed since it was written: its checksum is another one');
  }
  check.finish();
  return sourceOf(file, head);
}

function sourceOf(file: LineFile, head: FileHead): MovedSource {
  const { workspace, counts } = head;
  return {
    name: file.name,
    walk: (work) => {
      const rows = rowsOf(file);
      return work({ head: { workspace, counts }, pages: pagesOf(rows), event: findEvent(file) });
    },
  };
}

/** Gives the pages of one table after another, as the file has them in that order. */
function pagesOf(rows: Iterator<FileRow>): MovedList['pages'] {
  let next = rows.next();
  return async function* pages(table: MovedTable) {
    let page: MovedRow[] = [];
    while (!next.done && next.value.table === table) {
      page.push(next.value.row);
      if (page.length === pageSize) {
        yield page;
        page = [];
      }
      next = rows.next();
    }
    if (page.length > 0) yield page;
  };
}

function* rowsOf(file: LineFile): Generator<FileRow> {
  let number = 0;
  for (const text of file.lines()) {
    number += 1;
    if (number === 1) continue;
    if (text.startsWith('{"end":')) return;
    yield parseRow(text, `${file.name}, line ${number}`);
  }
}

/** Looks for one event from the beginning: this is done once for a list that is there already. */
function findEvent(file: LineFile): MovedList['event'] {
  return async (seq) => {
    for (const text of file.lines()) {
      const isArchive = text.startsWith('{"table":"archived_lines"');
      if (!isArchive && !text.startsWith('{"table":"task_events"')) continue;
      const { row } = parseRow(text, file.name);
      if (row.seq === seq) return row;
      const archived = isArchive ? eventInLines(String(row.body), seq) : undefined;
      if (archived !== undefined) return archived;
    }
    return undefined;
  };
}

function readHead(text: string, name: string): FileHead {
  const value = text.startsWith('{"docket":') ? parseJson(text, name) : undefined;
  const parsed = FileHead.safeParse(value);
  const format = (value as { readonly format?: unknown } | undefined)?.format;
  if (typeof format === 'number' && format > fileFormat) throw tooNew(name, `format ${format}`);
  if (!parsed.success) throw wrong(name, 'is no list that docket export wrote');
  const { data } = parsed;
  if (data.schema > knownVersion) throw tooNew(name, `schema ${data.schema}`);
  return data;
}

function tooNew(name: string, what: string): DocketError {
  return new DocketError('schema_too_new', `${name} has ${what}, which a newer docket wrote`, {
    hint: 'Upgrade: pull the newest docket and run ./scripts/setup again',
  });
}

function readEnd(text: string, where: string): FileEnd {
  const parsed = FileEnd.safeParse(parseJson(text, where));
  if (!parsed.success) throw wrong(where, 'is no end of a list');
  return parsed.data;
}

/** Checks that rows belong together, in memory for their ids alone. */
class RowCheck {
  rows = 0;
  readonly #name: string;
  readonly #counts = new Map<string, number>();
  readonly #ids = new Map<string, Set<SqlValue>>();
  /** References to what had not come yet. */
  readonly #open: { readonly table: string; readonly id: SqlValue; readonly where: string }[] = [];
  #head: FileHead | undefined;
  #table: MovedTable | undefined;
  #key: readonly SqlValue[] | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  begin(head: FileHead): void {
    this.#head = head;
  }

  add({ table, row }: FileRow, where: string): void {
    this.rows += 1;
    this.#counts.set(table.name, (this.#counts.get(table.name) ?? 0) + 1);
    this.#checkOrder(table, row, where);
    if ('workspace_id' in row && row.workspace_id !== this.#head?.workspace.id) {
      throw wrong(where, 'is of another list');
    }
    if (table.key[0] === 'id') this.#idsOf(table.name).add(row.id ?? null);
    for (const { name, refersTo } of table.columns) {
      const id = row[name] ?? null;
      if (refersTo === undefined || id === null || this.#idsOf(refersTo).has(id)) continue;
      this.#open.push({ table: refersTo, id, where });
      // Only tasks refer to what comes later.
      if (table.name !== 'tasks') this.#requireAll();
    }
  }

  finish(): void {
    this.#requireAll();
    for (const { name } of movedTables) {
      const [found, said] = [this.#counts.get(name) ?? 0, this.#head?.counts[name] ?? 0];
      if (found !== said) throw wrong(this.#name, `has ${found} rows of ${name}, and says ${said}`);
    }
  }

  #idsOf(table: string): Set<SqlValue> {
    const found = this.#ids.get(table) ?? new Set();
    this.#ids.set(table, found);
    return found;
  }

  #checkOrder(table: MovedTable, row: MovedRow, where: string): void {
    const key = keyOf(table, row);
    const isNext =
      movedTables.indexOf(table) > (this.#table ? movedTables.indexOf(this.#table) : -1);
    const isBehind = this.#key === undefined || compareKeys(key, this.#key) > 0;
    if (!isNext && (table !== this.#table || !isBehind)) throw wrong(where, 'is out of order');
    this.#table = table;
    this.#key = key;
  }

  #requireAll(): void {
    for (const { table, id, where } of this.#open) {
      if (!this.#idsOf(table).has(id)) {
        throw wrong(where, `refers to a row of ${table} that is not in the file`);
      }
    }
    this.#open.length = 0;
  }
}
