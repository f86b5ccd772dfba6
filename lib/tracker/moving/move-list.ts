import { DocketError } from '../../model/errors.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Store } from '../../store/contract.ts';
import { type MovedTable, movedTables } from '../../store/moving/moved-tables.ts';
import type { Page } from '../../store/moving/place-page.ts';
import { keyOf, type MovedRow } from '../../store/moving/read-rows.ts';
import { translated } from '../database/translate-errors.ts';
import {
  type Counts,
  type MovedList,
  type MovedSource,
  type MovedWorkspace,
  type MovingProgress,
  type OnMoving,
  sumOf,
  type Tally,
} from './moved-list.ts';
import { findStanding, finishWorkspace, makeRoom, type Standing } from './standing.ts';
import { comparePage, type Difference, placePage, placeParents } from './target.ts';

/** How a list is moved and watched. */
export interface MovingOptions {
  /** Only says what would be done. */
  readonly dryRun?: boolean | undefined;
  readonly onProgress?: OnMoving | undefined;
}

/** What else the move of a list says of it. */
interface MoveOptions extends MovingOptions {
  /** Whether a list that was left there may be changed there again; by default it may. */
  readonly mayReturn?: boolean | undefined;
}

/** What became of a list that was moved. */
export interface Moved {
  /** The list as it stands there; another slug than before where that was taken. */
  readonly workspace: { readonly id: string; readonly slug: string };
  /** The rows of each table. */
  readonly counts: Counts;
  /** What there was to do when it began. */
  readonly plan: Tally;
  /** The rows that came while it was moved. */
  readonly followed: number;
  /** Other lists in that database. */
  readonly otherLists: number;
}

/** Rounds after which a list that is worked on counts as moving too fast. */
const mostRounds = 10;

/**
 * Brings the list of a database in line with a source: adds what is missing, changes what is old,
 * and compares everything at the end. Nothing is done twice, so that one that was stopped goes on,
 * and what was written to the source meanwhile is fetched.
 *
 * @throws DocketError `conflict` when the list there has a history of its own; `list_moved` when it
 * was left and may not return
 */
export async function moveList(
  source: MovedSource,
  store: Store,
  { dryRun = false, mayReturn = true, onProgress = () => {} }: MoveOptions = {},
): Promise<Moved> {
  const first = await source.walk((list) => planWalk(list, store, onProgress));
  const { head, standing, tally: plan } = first;
  if (!mayReturn && standing.movedTo !== null) throw leftThere(head.workspace, standing.movedTo);
  const moved = (followed: number, slug: string): Moved => ({
    workspace: { id: head.workspace.id, slug },
    counts: head.counts,
    plan,
    followed,
    otherLists: standing.otherLists,
  });
  if (dryRun || isNothing(plan)) return moved(0, standing.workspace?.slug ?? head.workspace.slug);
  const slug = await makeRoom(store, head.workspace);
  let followed = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    await source.walk((list) => writeWalk(list, store, onProgress));
    const rest = await source.walk((list) =>
      compareWalk(list, store, { step: 'compare', onProgress }),
    );
    if (isNothing(rest)) return moved(followed, slug);
    followed += changesOf(rest);
  }
  throw new DocketError('contention', `${source.name} is written to faster than it can be moved`, {
    hint: 'Everything up to now is there: run it again when less goes on',
  });
}

function leftThere({ slug }: MovedWorkspace, url: string): DocketError {
  const message = `the list ${slug} there has moved to ${url}, and nothing is changed there any more`;
  return new DocketError('list_moved', message, {
    hint: `docket copy ${shellWord(url)} TO brings it back with what came since; --database names another place for the file`,
  });
}

/** Says what would be moved to a database that does not exist yet. */
export function planAnew(source: MovedSource): Promise<Moved> {
  return source.walk(async ({ head }) => ({
    workspace: { id: head.workspace.id, slug: head.workspace.slug },
    counts: head.counts,
    plan: everythingOf(head.counts),
    followed: 0,
    otherLists: 0,
  }));
}

function everythingOf(counts: Counts): Tally {
  return { added: { workspaces: 1, ...counts }, changed: {}, removed: {} };
}

export function changesOf({ added, changed, removed }: Tally): number {
  return sumOf(added) + sumOf(changed) + sumOf(removed);
}

/** Sessions give signs of life all the time: they alone are no reason to look again. */
function isNothing({ added, changed, removed }: Tally): boolean {
  return [added, changed, removed].every((counts) =>
    Object.entries(counts).every(([name, count]) => name === 'sessions' || count === 0),
  );
}

async function planWalk(list: MovedList, store: Store, onProgress: OnMoving) {
  const standing = await requireFit(list, store);
  const isNew = standing.workspace === undefined && standing.otherLists === 0;
  const tally = isNew
    ? everythingOf(list.head.counts)
    : await compareWalk(list, store, { step: 'read', onProgress });
  return { head: list.head, standing, tally };
}

/** Refuses a list that went on by itself where it is moved to. */
async function requireFit(list: MovedList, store: Store): Promise<Standing> {
  const standing = await translated(() => findStanding(store.db, list.head.workspace.id));
  const { lastEvent } = standing;
  if (lastEvent === undefined) return standing;
  const same = await list.event(Number(lastEvent.seq));
  if (same !== undefined && isSameEvent(same, lastEvent)) return standing;
  const { slug, seq } = list.head.workspace;
  const ahead = Number(lastEvent.seq) - seq;
  throw new DocketError(
    'conflict',
    ahead > 0
      ? `the list ${slug} has gone on there: it has ${ahead} events more than this one`
      : `the list ${slug} has another history there`,
    {
      hint: 'What was done there would be lost. Take another database, or bring the tasks along as new ones: docket export FILE --format bd --database OLD, then docket import FILE --format bd --database NEW',
    },
  );
}

function isSameEvent(one: MovedRow, other: MovedRow): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === value);
}

/** Goes over a list and counts what a database has otherwise. */
async function compareWalk(
  list: MovedList,
  store: Store,
  watch: { readonly step: MovingProgress['step']; readonly onProgress: OnMoving },
): Promise<Tally> {
  const { workspace } = list.head;
  const tally = emptyTally();
  await overPages(list, watch, async (page) => {
    add(tally, page.table, await translated(() => comparePage(store.db, workspace.id, page)));
  });
  const standing = await translated(() => findStanding(store.db, workspace.id));
  const { workspace: there, movedTo } = standing;
  if (there === undefined) tally.added.workspaces = 1;
  else if (movedTo !== null || !isCounted(there, workspace)) tally.changed.workspaces = 1;
  return tally;
}

function isCounted(there: MovedWorkspace, { seq, task_count }: MovedWorkspace): boolean {
  return there.seq === seq && there.task_count === task_count;
}

async function writeWalk(list: MovedList, store: Store, onProgress: OnMoving): Promise<void> {
  await requireFit(list, store);
  const { workspace } = list.head;
  const workspaceId = workspace.id;
  const { workspace: there } = await translated(() => findStanding(store.db, workspaceId));
  let seq = there?.seq ?? 0;
  const orphans = new Map<string, string>();
  await overPages(list, { step: 'write', onProgress }, async (page) => {
    if (page.table.name !== 'tasks' && orphans.size > 0) {
      await placeParents(store, { workspaceId, seq, orphans });
      orphans.clear();
    }
    ({ seq } = await placePage(store, { workspaceId, page, seq, orphans }));
  });
  await finishWorkspace(store, workspace, seq);
}

/** Calls `work` with every page, and with an empty one for a table that has no rows. */
async function overPages(
  list: MovedList,
  { step, onProgress }: { readonly step: MovingProgress['step']; readonly onProgress: OnMoving },
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const total = sumOf(list.head.counts);
  let done = 0;
  for (const table of movedTables) {
    let after: Page['after'];
    let held: readonly MovedRow[] | undefined;
    for await (const rows of list.pages(table)) {
      if (held !== undefined) await place(held, false);
      held = rows;
    }
    if (held !== undefined || table.isPruned) await place(held ?? [], true);

    async function place(rows: readonly MovedRow[], isLast: boolean): Promise<void> {
      await work({ table, rows, after, isLast });
      const last = rows.at(-1);
      if (last !== undefined) after = keyOf(table, last);
      done += rows.length;
      onProgress({ step, done, total });
    }
  }
}

interface OpenTally {
  readonly added: Record<string, number>;
  readonly changed: Record<string, number>;
  readonly removed: Record<string, number>;
}

function emptyTally(): OpenTally {
  return { added: {}, changed: {}, removed: {} };
}

function add(tally: OpenTally, { name }: MovedTable, difference: Difference): void {
  for (const kind of ['added', 'changed', 'removed'] as const) {
    const count = difference[kind].length;
    if (count > 0) tally[kind][name] = (tally[kind][name] ?? 0) + count;
  }
}
