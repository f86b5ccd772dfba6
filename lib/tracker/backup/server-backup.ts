import type { ServerConnection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { backupSilenceLimit } from '../../model/waiting.ts';
import type { Db, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import { isPlainName, makeDatabase } from '../../store/mysql/accounts.ts';
import {
  backsUpItself,
  dropDatabase,
  findTables,
  restoreBackup,
  syncBackup,
} from '../../store/mysql/backup-procedures.ts';
import { connect } from '../database/connect.ts';
import { type MigrationResult, migrateDatabase } from '../database/migrate.ts';
import { toDocketError } from '../database/translate-errors.ts';
import { findUsedLists, type ListSummary, summariseLists } from './list-summary.ts';
import { refuseUsed } from './restore-lists.ts';

/**
 * Lets a Dolt server write its own backup to a URL, while others work: history, and what is not
 * committed yet, but no users.
 *
 * @throws DocketError `usage` for a server that has no such backups; `unreachable`
 */
export async function backupOnServer(
  connection: ServerConnection,
  url: string,
): Promise<readonly ListSummary[]> {
  return withServer(connection, connection.database, async ({ db }) => {
    await requireDolt(db);
    const lists = await summariseLists(db);
    await explained(syncBackup(db, url), connection, `${url} was not written`);
    return lists;
  });
}

export interface RestoredOnServer {
  readonly madeDatabase: boolean;
  readonly schema: MigrationResult;
  readonly lists: readonly ListSummary[];
}

/**
 * Lets a Dolt server make a database of its own backup. A database of that name may be there when it
 * holds nothing. A restore that fails leaves it as it was.
 *
 * @throws DocketError `conflict`: the database holds something; `schema_too_new`; `usage`,
 * `unreachable`
 */
export async function restoreOnServer(
  connection: ServerConnection,
  { from, url }: { readonly from: string; readonly url: string },
): Promise<RestoredOnServer> {
  const { database } = connection;
  if (!isPlainName(database)) {
    throw new DocketError('usage', `a database called ${JSON.stringify(database)} is not made`);
  }
  return withServer(connection, '', async ({ db }) => {
    await requireDolt(db);
    const tables = await findTables(db, database);
    if ((tables ?? []).length > 0) await refuseFilled(connection, url, tables ?? []);
    const mayReplace = tables !== undefined;
    const undo = async () => {
      if ((await findTables(db, database)) !== undefined) await dropDatabase(db, database);
      if (mayReplace) await makeDatabase(db, database);
    };
    try {
      const restoring = restoreBackup(db, { url: from, database, mayReplace });
      await explained(restoring, connection, `${from} was not restored`);
    } catch (error) {
      // Dolt leaves an empty database behind where it found no backup.
      if (!mayReplace && (await findTables(db, database))?.length === 0) await undo();
      throw error;
    }
    const restored = await takeOver(connection, from).catch(async (error: unknown) => {
      await undo();
      throw error;
    });
    return { madeDatabase: !mayReplace, ...restored };
  });
}

/** Brings what was restored up to date, and refuses what is none of docket's. */
async function takeOver(
  connection: ServerConnection,
  from: string,
): Promise<Pick<RestoredOnServer, 'schema' | 'lists'>> {
  const { database } = connection;
  const isOurs = await withServer(connection, '', async ({ db }) =>
    (await findTables(db, database))?.includes('workspaces'),
  );
  if (!isOurs) {
    throw new DocketError('invalid_input', `${from} is a backup of another database than docket's`);
  }
  const schema = await migrateDatabase(connection);
  const lists = await withServer(connection, database, ({ db }) => summariseLists(db));
  return { schema, lists };
}

/** Refuses a database with lists, or with tables of somebody else. */
async function refuseFilled(
  connection: ServerConnection,
  url: string,
  tables: readonly string[],
): Promise<void> {
  if (!tables.includes('workspaces')) {
    throw new DocketError('conflict', `${url} is not empty: it has the table ${tables[0]}`, {
      hint: 'Name another database with --database',
    });
  }
  const used = await withServer(connection, connection.database, ({ db }) => findUsedLists(db));
  refuseUsed(url, used);
}

async function requireDolt(db: Db): Promise<void> {
  if (await backsUpItself(db)) return;
  throw new DocketError('usage', 'this server makes no backups of its own, as Dolt does', {
    hint: 'docket backup FOLDER writes all lists to a file of yours, which docket restore FILE reads',
  });
}

async function withServer<T>(
  connection: ServerConnection,
  database: string,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  let store: Store | undefined;
  try {
    store = await connect(
      { ...connection, database },
      { mode: 'write', silenceLimit: backupSilenceLimit },
    );
    return await work(store);
  } catch (error) {
    throw error instanceof StoreError ? toDocketError(error) : error;
  } finally {
    await store?.close();
  }
}

/** Says of what Dolt refused whether it was a right, or the place. */
async function explained(
  work: Promise<void>,
  { user }: ServerConnection,
  what: string,
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const isDenied = error.code === 'denied';
    throw new DocketError('unreachable', `${what}: ${error.message}`, {
      hint: isDenied
        ? `It takes SUPER, which ${user} lacks: docket server bootstrap URL --backups makes docket_backup, who has it`
        : 'The path is one of the server, and its user needs to write there',
      cause: error,
    });
  }
}
