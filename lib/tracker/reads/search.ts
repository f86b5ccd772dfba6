import type { SearchAnswer } from '../../model/answers/search.ts';
import { DocketError } from '../../model/errors.ts';
import { missingWords, parseSearch, type SearchWords } from '../../model/task/search.ts';
import type { Status, TaskType } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import {
  findSearchNotes,
  findSearchRows,
  type SearchPage,
  type SearchRow,
} from '../../store/queries/search.ts';
import { readClock } from '../../store/sql/clock.ts';
import { findTasks } from '../../store/tables/tasks.ts';
import type { Scope } from '../scope.ts';
import { viewTasks } from '../view/task.ts';

/** A search looks at so many tasks, the newest, unless it is to be deep. */
export const searchDepth = 10_000;

/** Tasks that are read at a time. */
const searchPage = 1_000;

export interface SearchOptions {
  /** Nothing: of every status. */
  readonly statuses?: readonly Status[];
  /** Nothing: of every type. */
  readonly types?: readonly TaskType[];
  /** How many matches are answered; all are counted. */
  readonly limit: number;
  /** Looks at every task there is. */
  readonly isDeep?: boolean;
  /** How many tasks it looks at, and how many of them it reads at a time. */
  readonly depth?: number;
  readonly pageSize?: number;
}

/**
 * Tasks that have every word, in whatever case, in their key, title, description, outcome or notes;
 * newest first.
 *
 * @throws DocketError `invalid_input` when there is no word.
 */
export function searchTasks(
  scope: Scope,
  query: string,
  options: SearchOptions,
): Promise<SearchAnswer> {
  const words = parseSearch(query);
  if (words.length === 0) {
    throw new DocketError('invalid_input', 'there is no word to search for', {
      hint: "docket search 'import invoices'",
    });
  }
  return scope.store.read(async (db) => {
    const { matches, lookedAt, isCut } = await look(db, scope.workspaceId, { ...options, words });
    const ids = matches.slice(0, options.limit);
    const tasks = new Map((await findTasks(db, ids)).map((task) => [task.id, task]));
    const inOrder = ids.flatMap((id) => tasks.get(id) ?? []);
    return {
      tasks: [...(await viewTasks(db, scope, inOrder))],
      total: matches.length,
      lookedAt,
      isCut,
      at: await readClock(db),
    };
  });
}

interface Excerpt {
  /** Ids of all that match. */
  readonly matches: readonly string[];
  readonly lookedAt: number;
  readonly isCut: boolean;
}

async function look(
  db: Db,
  workspaceId: string,
  options: SearchOptions & { words: SearchWords },
): Promise<Excerpt> {
  const { isDeep = false, depth = searchDepth, pageSize = searchPage } = options;
  const matches: string[] = [];
  let lookedAt = 0;
  let after: SearchRow | undefined;
  for (;;) {
    const room = isDeep ? pageSize : Math.min(pageSize, depth - lookedAt);
    // One more than is looked at, to know whether there is more.
    const rows = await findSearchRows(db, workspaceId, { after, size: room + 1 });
    const page = rows.slice(0, room);
    matches.push(...(await matchesOf(db, page, { ...options, workspaceId, after })));
    lookedAt += page.length;
    if (rows.length <= room) return { matches, lookedAt, isCut: false };
    if (!isDeep && lookedAt >= depth) return { matches, lookedAt, isCut: true };
    after = page.at(-1);
  }
}

async function matchesOf(
  db: Db,
  page: readonly SearchRow[],
  {
    words,
    statuses = [],
    types = [],
    workspaceId,
    after,
  }: Pick<SearchOptions, 'statuses' | 'types'> & {
    words: SearchWords;
    workspaceId: string;
    after: SearchPage['after'];
  },
): Promise<readonly string[]> {
  const wanted = page.filter(
    ({ status, type }) =>
      (statuses.length === 0 || statuses.includes(status)) &&
      (types.length === 0 || types.includes(type)),
  );
  if (wanted.length === 0) return [];
  const notes = await findSearchNotes(db, workspaceId, { rows: page, after });
  return wanted
    .filter(({ id, key, title, description, outcome }) => {
      const missing = missingWords(words, [key, title, description, outcome ?? '']);
      return missingWords(missing, notes.get(id) ?? []).length === 0;
    })
    .map(({ id }) => id);
}
