import type { SearchAnswer } from '../../model/answers/search.ts';
import { DocketError } from '../../model/errors.ts';
import { missingWords, parseSearch, type SearchWords } from '../../model/task/search.ts';
import type { Status, TaskType } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import {
  findSearchNotes,
  type NotesByTask,
  type SearchPage,
  type SearchRow,
  searchNotes,
  searchRows,
} from '../../store/queries/search.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import type { TaskStub } from '../../store/tables/task-stub.ts';
import type { Scope } from '../scope.ts';
import { stubViews } from '../view/task.ts';

/** The number of tasks, the newest, that a search reads unless it is deep. */
export const searchDepth = 10_000;

/** The number of tasks on the first page. */
const searchPage = 1_000;

/** Each later page is this many times as long: a search that needs one takes longer anyway. */
const laterPages = 3;

export interface SearchOptions {
  /** The statuses to search; every one by default. */
  readonly statuses?: readonly Status[];
  /** The types to search; every one by default. */
  readonly types?: readonly TaskType[];
  /** The number of matches in the answer; all are counted. */
  readonly limit: number;
  /** Whether the search reads every task there is. */
  readonly isDeep?: boolean;
  /** The number of tasks that the search reads, and how many of them it reads at first. */
  readonly depth?: number;
  readonly pageSize?: number;
}

/**
 * Finds tasks that have every word, in whatever case, in their key, title, description, outcome,
 * labels or notes; newest first.
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
    const { matches, lookedAt, isCut } = await collectMatches(db, scope.workspaceId, {
      ...options,
      words,
    });
    const shown = matches.slice(0, options.limit);
    const [tasks, at] = await ask(db, together(stubViews(shown, scope), clock(db.dialect)));
    return {
      tasks: [...tasks],
      total: matches.length,
      lookedAt,
      isCut,
      at,
    };
  });
}

interface Matches {
  /** All tasks that match. */
  readonly matches: readonly TaskStub[];
  readonly lookedAt: number;
  readonly isCut: boolean;
}

async function collectMatches(
  db: Db,
  workspaceId: string,
  options: SearchOptions & { words: SearchWords },
): Promise<Matches> {
  const { isDeep = false, depth = searchDepth, pageSize = searchPage } = options;
  const matches: TaskStub[] = [];
  let lookedAt = 0;
  let after: SearchRow | undefined;
  for (;;) {
    const wanted = after === undefined ? pageSize : pageSize * laterPages;
    const room = isDeep ? wanted : Math.min(wanted, depth - lookedAt);
    const { page, notes, hasMore } = await readPage(db, workspaceId, { after, size: room });
    matches.push(...matchesOf(page, notes, options));
    lookedAt += page.length;
    if (!hasMore) return { matches, lookedAt, isCut: false };
    if (!isDeep && lookedAt >= depth) return { matches, lookedAt, isCut: true };
    after = page.at(-1);
  }
}

/** Reads a page. The first page comes in one flight with its notes; most lists have no other. */
async function readPage(
  db: Db,
  workspaceId: string,
  { after, size }: SearchPage,
): Promise<{ page: readonly SearchRow[]; notes: NotesByTask; hasMore: boolean }> {
  // One task more than the page holds tells whether there is another page.
  const next = searchRows(db.dialect, workspaceId, { after, size: size + 1 });
  const [rows, notesOfFirst] = await ask(
    db,
    together(
      next,
      after === undefined
        ? searchNotes(db.dialect, workspaceId, { after, size })
        : known(undefined),
    ),
  );
  const page = rows.slice(0, size);
  const notes = notesOfFirst ?? (await findSearchNotes(db, workspaceId, { rows: page, after }));
  return { page, notes, hasMore: rows.length > size };
}

function matchesOf(
  page: readonly SearchRow[],
  notes: NotesByTask,
  { words, statuses = [], types = [] }: SearchOptions & { words: SearchWords },
): readonly TaskStub[] {
  return page.filter(({ id, key, status, type, title, description, outcome, labels }) => {
    if (statuses.length > 0 && !statuses.includes(status)) return false;
    if (types.length > 0 && !types.includes(type)) return false;
    const missing = missingWords(words, [key, title, description, outcome ?? '', ...labels]);
    return missingWords(missing, notes.get(id) ?? []).length === 0;
  });
}
