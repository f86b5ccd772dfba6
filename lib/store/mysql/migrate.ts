import { migrationSeconds, schemaSilenceLimit } from '../../model/waiting.ts';
import { StoreError } from '../errors.ts';
import { refuseIgnoredChecks } from '../migrations/ignored-checks.ts';
import { schemaTable } from '../migrations/known-version.ts';
import { type Migration, splitStatements } from '../migrations/migration.ts';
import { mysqlMigrations } from '../migrations/mysql.gen.ts';
import { readSchemaState } from '../migrations/schema-state.ts';
import { createDb } from './db.ts';
import type { ServerTraits } from './dialect.ts';
import { dropEnumChecks, readChecks } from './drop-enum-checks.ts';
import { releaseLock, waitForLock } from './named-lock.ts';
import type { Session } from './session.ts';
import { writeInTransaction } from './transaction.ts';

const createTable = `CREATE TABLE IF NOT EXISTS ${schemaTable} (
  version INT PRIMARY KEY,
  name VARCHAR(100) NOT NULL,
  oldest_reader INT NOT NULL,
  oldest_writer INT NOT NULL,
  applied_at DATETIME(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`;

/**
 * Applies what is pending, one migrator at a time. These engines commit each statement of a schema
 * by itself, so every step can be run again: its row is written last, and a step that was cut off is
 * repeated. Who writes the row has applied the step, also where the lock does not reach (Galera).
 */
export async function migrateMysql(session: Session, database: string): Promise<readonly number[]> {
  const traits = await session.traits();
  const isHeld = await waitForLock(session, database, migrationSeconds);
  try {
    const db = createDb((statements) => session.send(statements));
    const { version } = await readSchemaState(db);
    const pending = mysqlMigrations.filter((step) => step.version > version);
    if (pending.length === 0) return [];
    if (!isHeld) throw new StoreError('contention', 'another migration is running');
    await refuseIgnoredChecks(db);
    return await apply(session, traits, pending);
  } catch (error) {
    throw isDenied(error) ? refusal(error) : error;
  } finally {
    if (traits.hasHistory && session.isOpen) await recordCommits(session, true);
    if (isHeld) session.leave([releaseLock(database)]);
  }
}

function refusal(cause: StoreError): StoreError {
  return new StoreError(
    'denied',
    `this database user may not change the schema: ${cause.message}`,
    { cause },
  );
}

async function apply(
  session: Session,
  traits: ServerTraits,
  pending: readonly Migration[],
): Promise<readonly number[]> {
  const applied: number[] = [];
  for (const step of pending) {
    // What the statements of a step leave is one commit of the history, made with the step's row.
    if (traits.hasHistory) await recordCommits(session, false);
    await runLong(session, createTable);
    if (traits.hasHistory) await ignoreSigns(session);
    const statements = splitStatements(step.sql);
    const further = (await furtherStatements[step.version]?.(session)) ?? [];
    for (const statement of [...statements, ...further]) await runOnce(session, statement);
    if (traits.hasHistory) await recordCommits(session, true);
    if (await markApplied(session, traits, step)) applied.push(step.version);
  }
  return applied;
}

/** Statements of a step that depend on what the server has made of the schema before it. */
const furtherStatements: Readonly<
  Record<number, (session: Session) => Promise<readonly string[]>>
> = {
  3: async (session) => {
    const checks = await readChecks(
      async (sql) => {
        const [result] = await session.send([{ sql }]);
        return result?.rows ?? [];
      },
      await session.traits(),
    );
    return dropEnumChecks(checks);
  },
};

async function runLong(session: Session, sql: string): Promise<void> {
  await session.send([{ sql }], { silenceLimit: schemaSilenceLimit });
}

async function run(session: Session, sql: string): Promise<void> {
  await session.send([{ sql }]);
}

/** CREATE TABLE can say IF NOT EXISTS on every server; a column, an index and a CHECK cannot. */
async function runOnce(session: Session, statement: string): Promise<void> {
  try {
    await runLong(session, statement);
  } catch (error) {
    if (!isDoneAlready(error)) throw error;
  }
}

/**
 * ER_DUP_FIELDNAME and ER_DUP_KEYNAME; ER_CANT_DROP_FIELD_OR_KEY and ER_CONSTRAINT_NOT_FOUND, where
 * another migrator has dropped it. Dolt 1.84 says 1105 of all.
 */
function isDoneAlready(error: unknown): boolean {
  const { errno = 0, message = '' } =
    (error as { cause?: { errno?: number; message?: string } }).cause ?? {};
  if (errno !== 1105) return [1060, 1061, 1091, 3940].includes(errno);
  return /already exists|Duplicate key name|^Constraint .* does not exist/.test(message);
}

/** False when another migrator has written the step's row meanwhile. */
async function markApplied(
  session: Session,
  traits: ServerTraits,
  step: Migration,
): Promise<boolean> {
  try {
    await writeInTransaction(session, { traits }, async (transaction) => {
      transaction.describe(`docket: schema ${step.version} (${step.name})`);
      await transaction.run(
        `INSERT INTO ${schemaTable} VALUES (?, ?, ?, ?, ${transaction.dialect.now})`,
        [step.version, step.name, step.oldestReader, step.oldestWriter],
      );
    });
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'duplicate') return false;
    throw error;
  }
}

async function recordCommits(session: Session, on: boolean): Promise<void> {
  await run(session, `SET SESSION dolt_transaction_commit = ${on ? 1 : 0}`);
}

/**
 * Keeps signs of life and edits of files out of the history. Before the tables exist, and not by
 * INSERT IGNORE: Dolt 1.84 then says that it has written the row, and has not.
 */
async function ignoreSigns(session: Session): Promise<void> {
  await run(session, "REPLACE INTO dolt_ignore VALUES ('sessions', 1), ('touched_files', 1)");
}

function isDenied(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'denied';
}
