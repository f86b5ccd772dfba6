import type { TaskList } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { matcherOf, type SortWord, type TaskFilter } from '../../model/task/filter.ts';
import { compareKeys } from '../../model/task/key-tree.ts';
import { foldText, parseSearch } from '../../model/task/search.ts';
import type { Db } from '../../store/contract.ts';
import {
  type FilterBase,
  type FilterConditions,
  type FilterRow,
  filteredBelow,
  filteredPage,
} from '../../store/queries/filtered-tasks.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, type Request, together } from '../../store/sql/request.ts';
import type { Scope } from '../scope.ts';
import { findTaskWith } from '../view/find.ts';
import { stubViews } from '../view/task.ts';
import { totalLimit } from './lists.ts';
import { idsOfNames, namesRequest } from './named-filter.ts';

/** Tasks that are read at first, and later at once; fewer where their descriptions are, too. */
const firstPage = 2_000;
const laterPage = 20_000;

/** A list that is filtered or put in another order. */
export interface FilteredList {
  /** The statuses or the queue that are listed, in this order unless another is asked for. */
  readonly column: FilterBase['column'];
  readonly values: readonly string[];
  readonly limit: number;
  readonly allWorkspaces?: boolean;
  readonly filter: TaskFilter;
  readonly sort?: SortWord | undefined;
}

/**
 * Lists the tasks that pass a filter, or in another order than that of an index. All tasks of the
 * statuses are looked at, and only few of their fields.
 *
 * @throws DocketError `not_found` (parent, client, project), `ambiguous_key`, `invalid_input`
 */
export function listFiltered(scope: Scope, list: FilteredList): Promise<TaskList> {
  const { filter, limit } = list;
  requireWords(filter.text);
  return scope.store.read(async (db) => {
    const { names, at, rows } = await readRows(db, scope, list);
    const ids = await idsOfNames(db, scope.workspaceId, filter, names);
    const matches = matcherOf(filter, { ...ids, reader: scope.worker });
    const found: FilterRow[] = [];
    const inOrder = orderOf(list);
    let total = 0;
    for await (const page of rows) {
      const passed = page.filter(matches);
      total += passed.length;
      found.push(...passed);
      found.sort(inOrder).splice(limit);
    }
    const tasks = await ask(db, stubViews(found, scope));
    return { tasks: [...tasks], total: Math.min(total, totalLimit), totalLimit, at };
  });
}

function requireWords(text: string | undefined): void {
  if (text === undefined || parseSearch(text).length > 0) return;
  throw new DocketError('invalid_input', 'there is no word to look for', {
    hint: "docket list --text 'import invoices'",
  });
}

type Rows = AsyncIterable<readonly FilterRow[]>;

/** Reads the beginning of the list with all that the filter names, in one flight. */
async function readRows(db: Db, scope: Scope, { filter, ...list }: FilteredList) {
  const { types, priorities, parent } = filter;
  const conditions = { types, priorities, withText: filter.text !== undefined };
  const workspaceId = list.allWorkspaces ? undefined : scope.workspaceId;
  const bases = list.values.map((value) => ({ workspaceId, column: list.column, value }));
  const first = (key?: string) =>
    together(
      namesRequest(scope.workspaceId, filter),
      clock(db.dialect),
      key === undefined
        ? together(
            ...bases.map((base) =>
              filteredPage(db.dialect, base, { ...conditions, from: 0, size: firstPage }),
            ),
          )
        : mappedToPages(filteredBelow(db.dialect, key, list, conditions)),
    );
  if (parent !== undefined) {
    const { more } = await findTaskWith(db, { ...scope, text: parent, more: first });
    const [names, at, pages] = more;
    return { names, at, rows: eachOf(pages) };
  }
  const [names, at, pages] = await ask(db, first());
  return { names, at, rows: allPages(db, { bases, pages, conditions }) };
}

function mappedToPages({
  statements,
  read,
}: Request<readonly FilterRow[]>): Request<readonly (readonly FilterRow[])[]> {
  return { statements, read: (results) => [read(results)] };
}

async function* eachOf(pages: readonly (readonly FilterRow[])[]): Rows {
  yield* pages;
}

/** Goes on where a first page was full. All is of one moment, as one transaction reads it. */
async function* allPages(
  db: Db,
  {
    bases,
    pages,
    conditions,
  }: {
    readonly bases: readonly FilterBase[];
    readonly pages: readonly (readonly FilterRow[])[];
    readonly conditions: FilterConditions;
  },
): Rows {
  yield* pages;
  for (const [index, base] of bases.entries()) {
    let [from, last, size] = [firstPage, pages[index]?.length ?? 0, firstPage];
    while (last === size) {
      size = conditions.withText ? firstPage : laterPage;
      const page = await ask(db, filteredPage(db.dialect, base, { ...conditions, from, size }));
      yield page;
      [from, last] = [from + size, page.length];
    }
  }
}

type Compare = (a: FilterRow, b: FilterRow) => number;

function orderOf({ column, values, sort }: FilteredList): Compare {
  const usual = inTurn(
    by(({ priority }) => priority),
    by(({ createdAt }) => createdAt),
    by(({ id }) => id),
  );
  switch (sort) {
    case undefined:
      return inTurn(
        by(({ status }) => (column === 'status' ? values.indexOf(status) : 0)),
        usual,
      );
    case 'priority':
      return usual;
    case 'created':
      return (a, b) => by<string>((row) => `${row.createdAt} ${row.id}`)(b, a);
    case 'updated':
      return (a, b) => by<string>((row) => `${row.updatedAt} ${row.id}`)(b, a);
    case 'title':
      return inTurn(
        by(({ title }) => foldText(title)),
        usual,
      );
    case 'key':
      return (a, b) => compareKeys(a.key, b.key);
  }
}

function by<Value extends string | number>(value: (row: FilterRow) => Value): Compare {
  return (a, b) => {
    const [first, second] = [value(a), value(b)];
    return first < second ? -1 : first > second ? 1 : 0;
  };
}

function inTurn(...orders: readonly Compare[]): Compare {
  return (a, b) => orders.reduce((result, order) => result || order(a, b), 0);
}
