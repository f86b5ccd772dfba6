import type { Db, Statement, Transaction } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { createDb } from './db.ts';
import type { ServerTraits } from './server-traits.ts';
import type { MysqlConnection } from './wire/connection.ts';

/** Runs reads on one snapshot, which the session's isolation level gives. */
export async function readInTransaction<T>(
  connection: MysqlConnection,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  await connection.run('START TRANSACTION READ ONLY');
  try {
    return await work(createDb(async () => connection));
  } finally {
    await rollBack(connection);
  }
}

/** Runs `work` in a transaction and commits; rolls back when it throws or abandons. */
export async function writeInTransaction<T>(
  connection: MysqlConnection,
  traits: ServerTraits,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let message: string | undefined;
  let isAbandoned = false;
  const last: Statement[] = [];
  await connection.run('START TRANSACTION');
  try {
    const db = createDb(async () => connection);
    const result = await work({
      ...db,
      beforeCommit: (statements) => last.push(...statements),
      describe: (text) => {
        message = text;
      },
      abandon: () => {
        isAbandoned = true;
      },
    });
    if (isAbandoned) {
      await connection.run('ROLLBACK');
      return result;
    }
    await db.batch(last);
    if (traits.hasHistory) await nameCommit(connection, message ?? 'docket');
    await commit(connection);
    return result;
  } catch (error) {
    await rollBack(connection);
    throw error;
  }
}

/** Through CONCAT, as Dolt refuses a hexadecimal literal as the value of a variable. */
async function nameCommit(connection: MysqlConnection, message: string): Promise<void> {
  await connection.run("SET @@session.dolt_transaction_commit_message = CONCAT(?, '')", [message]);
}

async function commit(connection: MysqlConnection): Promise<void> {
  try {
    await connection.run('COMMIT');
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'unreachable') throw error;
    throw new StoreError(
      'unreachable',
      `lost the database while it was saving, so the change may or may not be there: ${error.message}`,
      { cause: error },
    );
  }
}

/** A connection that is gone has been rolled back by the server. */
async function rollBack(connection: MysqlConnection): Promise<void> {
  if (connection.isOpen) await connection.run('ROLLBACK').catch(() => {});
}
