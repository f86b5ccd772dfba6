import { whyNotRead } from '../filesystem/read-error.ts';
import { UnfitFile } from '../filesystem/read-file.ts';
import { readLines } from '../filesystem/read-lines.ts';
import { type Connection, isLocalFile } from '../model/connection.ts';
import { docketVersion } from '../model/docket-version.ts';
import { DocketError } from '../model/errors.ts';
import { ListMoved } from '../tracker/database/has-moved.ts';
import { makeTables } from '../tracker/database/migrate.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import { openStore } from '../tracker/database/open.ts';
import { longestLine } from '../tracker/moving/file-format.ts';
import { leaveList, placeOfList } from '../tracker/moving/leave-list.ts';
import { listInDatabase } from '../tracker/moving/list-in-database.ts';
import { checkFile } from '../tracker/moving/list-in-file.ts';
import { listLines } from '../tracker/moving/list-lines.ts';
import {
  changesOf,
  type Moved,
  type MovingOptions,
  moveList,
  planAnew,
} from '../tracker/moving/move-list.ts';
import type { Counts, MovedSource, OnMoving } from '../tracker/moving/moved-list.ts';
import type { Scope } from '../tracker/scope.ts';

type Store = Scope['store'];

/** A list in a database. */
export interface ListPlace {
  readonly connection: Connection;
  /** The id of the list's workspace. */
  readonly workspace: string;
}

/** A list that was written out. */
export interface Exported {
  readonly workspace: { readonly id: string; readonly slug: string };
  /** The rows of each table. */
  readonly counts: Counts;
}

/**
 * Gives a whole list as the lines of docket's own format, part by part, as it stood at one moment.
 * Nobody waits for it meanwhile.
 *
 * ```ts
 * await exportList({ connection, workspace }, (text) => file.write(text));
 * ```
 *
 * @throws DocketError `not_found`, `unreachable`, `migration_due`
 */
export async function exportList(
  { connection, workspace }: ListPlace,
  write: (text: string) => unknown,
  { onProgress }: Pick<MovingOptions, 'onProgress'> = {},
): Promise<Exported> {
  return withExisting(connection, (store) =>
    exportFrom(listInDatabase(store, workspace, nameOf(connection)), write, onProgress),
  );
}

/** Writes a list that is open. */
export function exportFrom(
  source: MovedSource,
  write: (text: string) => unknown,
  onProgress?: OnMoving,
): Promise<Exported> {
  const origin = { version: docketVersion, at: new Date().toISOString() };
  return source.walk(async (list) => {
    for await (const text of listLines(list, origin, onProgress)) await write(text);
    const { workspace, counts } = list.head;
    return { workspace: { id: workspace.id, slug: workspace.slug }, counts };
  });
}

/**
 * Brings a database in line with a file of docket's own format: keys, ids, history and times are
 * kept. The file is checked as a whole before; what is there already is left as it is, so that an
 * import that was stopped goes on when it is called again.
 *
 * @param workspace the list that the file must be of; any by default
 * @throws DocketError `invalid_input`: no whole file; `schema_too_new`; `conflict`: the list has a
 * history of its own there; `list_moved`: it was left there; `unreachable`, `migration_due`
 */
export async function importList(
  {
    connection,
    file,
    workspace,
  }: { readonly connection: Connection; readonly file: string; readonly workspace?: string },
  { dryRun, onProgress }: MovingOptions = {},
): Promise<Moved> {
  const source = openFile(file, onProgress);
  await source.walk(async ({ head }) => {
    if (workspace === undefined || head.workspace.id === workspace) return;
    throw new DocketError('conflict', `${file} is the list ${head.workspace.slug}, and no other`, {
      hint: 'Its tasks would not be seen here. Import it in the folder of that list',
    });
  });
  return moveTo(connection, source, { dryRun, onProgress, mayReturn: false });
}

/** What was copied, and where the list goes on when it is left. */
export interface Copied extends Moved {
  readonly movedTo: string | null;
}

/** How a list is copied. */
export interface CopyOptions extends MovingOptions {
  /** The URL of the copy, for those who still write to the list: they are refused from then on. */
  readonly leaveFor?: string | undefined;
}

/**
 * Copies a list to another database, compares both at the end, and fetches what sessions write
 * meanwhile. Called again, it copies what came since.
 *
 * @throws DocketError `not_found`, `usage`: both are the same database; `list_moved`: it was left for
 * another one before; as `importList`
 */
export async function copyList(
  {
    from,
    to,
    workspace,
  }: { readonly from: Connection; readonly to: Connection; readonly workspace: string },
  { dryRun, onProgress, leaveFor }: CopyOptions = {},
): Promise<Copied> {
  if (nameOf(from) === nameOf(to)) {
    throw new DocketError('usage', 'the list is copied to another database, and this is the same');
  }
  return withExisting(from, async (store) => {
    const source = listInDatabase(store, workspace, nameOf(from));
    const before = await placeOfList(store, workspace);
    if (leaveFor !== undefined && before !== null && before !== leaveFor) {
      throw new ListMoved(before);
    }
    const move = () => moveTo(to, source, { dryRun, onProgress });
    const moved = await move();
    if (dryRun || leaveFor === undefined) return { ...moved, movedTo: before };
    const isLeftNow = await leaveList(store, workspace, leaveFor);
    // What was written in the last moment; from here on nobody can.
    const last = await move().catch(async (error: unknown) => {
      if (isLeftNow) await leaveList(store, workspace, null);
      throw error;
    });
    await requireLeft(store, workspace, leaveFor);
    const followed = moved.followed + changesOf(last.plan);
    return { ...last, plan: moved.plan, followed, movedTo: leaveFor };
  });
}

/** Another process that left the list at the same time can have failed, and taken it back. */
async function requireLeft(store: Store, workspace: string, url: string): Promise<void> {
  if ((await placeOfList(store, workspace)) === url) return;
  throw new DocketError('contention', 'another docket copy --leave took it back meanwhile', {
    hint: 'Run it again',
  });
}

function openFile(file: string, onProgress: OnMoving | undefined): MovedSource {
  try {
    return checkFile({ name: file, lines: () => readLines(file, longestLine) }, onProgress);
  } catch (error) {
    if (error instanceof DocketError) throw error;
    const what =
      error instanceof UnfitFile
        ? `${file} ${error.message}`
        : `cannot read ${file}: ${whyNotRead(error)}`;
    throw new DocketError('invalid_input', what, { cause: error });
  }
}

/** Moves a list to a database; an empty one gets its tables where the user may make them. */
async function moveTo(
  connection: Connection,
  source: MovedSource,
  options: Parameters<typeof moveList>[2] & {},
): Promise<Moved> {
  if (options.dryRun && isMissingFile(connection)) return planAnew(source);
  if (!options.dryRun && !isLocalFile(connection)) await makeTables(connection);
  const store = await openStore(connection);
  try {
    return await moveList(source, store, options);
  } finally {
    await store.close();
  }
}

async function withExisting<T>(
  connection: Connection,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  if (isMissingFile(connection)) {
    throw new DocketError('unreachable', `there is no database at ${connection.path}`);
  }
  const store = await openStore(connection);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Names a database in messages and tells it from others, without a secret. */
function nameOf(connection: Connection): string {
  if (isLocalFile(connection)) return `sqlite:${connection.path}`;
  const { host, port, database } = connection;
  return `mysql://${host}:${port}/${database}`;
}
