import type { SearchAnswer } from '../../model/answers/search.ts';
import { DocketError } from '../../model/errors.ts';
import { matcherOf, type TaskFilter } from '../../model/task/filter.ts';
import { missingWords, parseSearch, type SearchWords } from '../../model/task/search.ts';
import type { Status, TaskType } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { readArchivedTexts } from '../../store/queries/archived-texts.ts';
import {
  findSearchTexts,
  type SearchPart,
  type SearchRow,
  searchRows,
  searchTexts,
  type TextsByTask,
} from '../../store/queries/search.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import type { TaskStub } from '../../store/tables/task-stub.ts';
import type { Scope } from '../scope.ts';
import { isoTime } from '../stored-time.ts';
import { stubViews } from '../view/task.ts';
import { idsOfNames, namesRequest } from './named-filter.ts';

/** The number of tasks, the newest, that a search reads unless it is deep. */
export const searchDepth = 10_000;

/** The number of tasks on the first page. */
const searchPage = 1_000;

/** Each later page is this many times as long: a search that needs one takes longer anyway. */
const laterPages = 3;

export interface SearchOptions extends NameFilter {
  /** The statuses to search; every one by default. */
  readonly statuses?: readonly Status[];
  /** The types to search; every one by default. */
  readonly types?: readonly TaskType[] | undefined;
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
 * labels, context (the files among it), notes, reports, or the reasons why they were blocked; newest
 * first.
 *
 * @throws DocketError `invalid_input` when there is no word, `not_found` (client, project)
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
    const { matches, lookedAt, isCut } = await collectMatches(db, scope, { ...options, words });
    const shown = matches.slice(0, options.limit);
    const room = options.limit - shown.length;
    const archived = options.isDeep
      ? await searchArchive(db, scope, { ...options, words, limit: room })
      : undefined;
    const [tasks, at] = await ask(db, together(stubViews(shown, scope), clock(db.dialect)));
    return {
      tasks: [...tasks],
      total: matches.length,
      lookedAt,
      isCut,
      ...(archived === undefined ? {} : { archived }),
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

/** What is asked for, beside words. */
type NameFilter = Pick<TaskFilter, 'agent' | 'client' | 'project'>;

async function collectMatches(
  db: Db,
  scope: Scope,
  options: SearchOptions & { words: SearchWords },
): Promise<Matches> {
  const { isDeep = false, depth = searchDepth, pageSize = searchPage, words } = options;
  const { workspaceId } = scope;
  const { agent, client, project } = options;
  const matches: TaskStub[] = [];
  let isWanted: ((row: SearchRow) => boolean) | undefined;
  let lookedAt = 0;
  let after: SearchRow | undefined;
  for (;;) {
    const wanted = after === undefined ? pageSize : pageSize * laterPages;
    const room = isDeep ? wanted : Math.min(wanted, depth - lookedAt);
    const part = { after, size: room, words };
    const { page, texts, hasMore, names } = await readPage(db, workspaceId, part, options);
    if (isWanted === undefined) {
      const ids = await idsOfNames(db, workspaceId, { client, project }, names);
      const matcher = matcherOf({ agent }, { ...ids, reader: scope.worker });
      isWanted = (row) => matcher({ ...row, claim: row.claim && claimOf(row) });
    }
    matches.push(...matchesOf(page.filter(isWanted), texts, options));
    lookedAt += page.length;
    if (!hasMore) return { matches, lookedAt, isCut: false };
    if (!isDeep && lookedAt >= depth) return { matches, lookedAt, isCut: true };
    after = page.at(-1);
  }
}

/** Searches what was archived, all of it. */
async function searchArchive(
  db: Db,
  scope: Scope,
  options: SearchOptions & { words: SearchWords },
): Promise<NonNullable<SearchAnswer['archived']>> {
  const { agent, client, project, limit } = options;
  const { workspaceId, worker: reader } = scope;
  const names = await ask(db, namesRequest(workspaceId, { client, project }));
  const ids = await idsOfNames(db, workspaceId, { client, project }, names);
  const isWanted = matcherOf({ agent }, { ...ids, reader });
  const found: NonNullable<SearchAnswer['archived']> = { tasks: [], total: 0 };
  for await (const rows of readArchivedTexts(db, workspaceId)) {
    const texts = new Map(rows.map((row) => [row.id, row.texts]));
    const wanted = rows.filter((row) => isWanted({ ...row, claim: null }));
    const matching = new Set(matchesOf(wanted, texts, options));
    for (const row of wanted) {
      if (!matching.has(row)) continue;
      found.total += 1;
      if (found.tasks.length >= limit) continue;
      const { key, title, status, priority, completedAt } = row;
      found.tasks.push({ key, title, status, priority, completedAt: isoTime(completedAt) });
    }
  }
  return found;
}

function claimOf({ claim, claimAgent }: SearchRow) {
  return { session: claim?.session ?? '', agent: claimAgent ?? '', actor: '' };
}

/**
 * Reads a page. The first page comes in one flight with its texts and the names of the filter; most
 * lists have no other.
 */
async function readPage(db: Db, workspaceId: string, part: SearchPart, filter: NameFilter) {
  // One task more than the page holds tells whether there is another page.
  const isFirst = part.after === undefined;
  const [rows, textsOfFirst, names] = await ask(
    db,
    together(
      searchRows(db.dialect, workspaceId, { ...part, size: part.size + 1 }),
      isFirst ? searchTexts(db.dialect, workspaceId, part) : known(undefined),
      namesRequest(workspaceId, isFirst ? filter : {}),
    ),
  );
  const page = rows.slice(0, part.size);
  const texts = textsOfFirst ?? (await findSearchTexts(db, workspaceId, { ...part, rows: page }));
  return { page, texts, hasMore: rows.length > part.size, names };
}

function matchesOf(
  page: readonly SearchRow[],
  texts: TextsByTask,
  { words, statuses = [], types = [] }: SearchOptions & { words: SearchWords },
): readonly TaskStub[] {
  return page.filter((row) => {
    const { id, key, status, type, title, description, outcome, labels, blockedReason } = row;
    if (statuses.length > 0 && !statuses.includes(status)) return false;
    if (types.length > 0 && !types.includes(type)) return false;
    const own = [key, title, description, outcome ?? '', ...labels, blockedReason ?? ''];
    const missing = missingWords(words, own);
    if (missing.length === 0) return true;
    const about = texts.get(id) ?? [];
    return (
      missingWords(missing, [
        ...(row.context === null ? [] : valuesOf(row.context)),
        ...about.flatMap(({ kind, text }) => (kind === 'report' ? valuesOf(text) : [text])),
      ]).length === 0
    );
  });
}

/** Gives the texts in a JSON document, without the names of its fields. */
function valuesOf(json: string): readonly string[] {
  const values: string[] = [];
  const gather = (value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') values.push(String(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(gather);
  };
  gather(readStored(json));
  return values;
}

function readStored(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
