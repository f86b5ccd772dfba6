import type { Row } from '../contract.ts';
import { text } from '../sql/columns.ts';
import type { ServerTraits } from './dialect.ts';

interface EnumColumn {
  readonly table: string;
  readonly column: string;
  /** As it is without its CHECK. */
  readonly type: string;
}

/** The columns of the first two steps whose CHECK repeats the words of an enumeration. */
const enumColumns: readonly EnumColumn[] = [
  { table: 'tasks', column: 'status', type: 'VARCHAR(16) NOT NULL' },
  { table: 'tasks', column: 'task_type', type: 'VARCHAR(32) NOT NULL' },
  { table: 'tasks', column: 'estimated_complexity', type: 'VARCHAR(16)' },
  { table: 'tasks', column: 'queue', type: 'VARCHAR(16) NOT NULL' },
  { table: 'task_dependencies', column: 'type', type: 'VARCHAR(32) NOT NULL' },
  { table: 'clients', column: 'rounding_mode', type: "VARCHAR(8) NOT NULL DEFAULT 'up'" },
  { table: 'agent_runs', column: 'role', type: 'VARCHAR(8) NOT NULL' },
  { table: 'agent_runs', column: 'status', type: 'VARCHAR(16) NOT NULL' },
  { table: 'agent_runs', column: 'verdict', type: 'VARCHAR(8)' },
];

/** What the server has made of the CHECKs of this database. */
const findChecks = `SELECT c.*, t.table_name AS constrained_table
  FROM information_schema.check_constraints c
  JOIN information_schema.table_constraints t ON t.constraint_schema = c.constraint_schema
    AND t.constraint_name = c.constraint_name AND t.constraint_type = 'CHECK'
  WHERE c.constraint_schema = DATABASE()`;

/** The same as TiDB says it, whose table_constraints has no CHECK. */
const findTidbChecks = `SELECT c.*, c.table_name AS constrained_table
  FROM information_schema.tidb_check_constraints c WHERE c.constraint_schema = DATABASE()`;

/**
 * What Dolt 1.84 says when another database of the server is dropped while all are looked through:
 * one look in seven fails where databases come and go without a pause (measured).
 */
const isGone =
  /could not resolve initial root for database|no state for database|no root value found in session/;
const mostLooks = 30;

/** Reads the CHECKs of this database, again where another database went meanwhile. */
export async function readChecks(
  query: (sql: string) => Promise<readonly Row[]>,
  { hasOwnCatalogue }: Pick<ServerTraits, 'hasOwnCatalogue'>,
): Promise<readonly Row[]> {
  for (let look = 1; ; look += 1) {
    try {
      return await query(hasOwnCatalogue ? findTidbChecks : findChecks);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      if (look === mostLooks || !isGone.test(message)) throw error;
    }
  }
}

/**
 * The statements that drop the CHECKs which are nothing but a list of words. MariaDB keeps a CHECK of a
 * column with the column, under its name; MySQL and Dolt make it the table's, under a name of theirs.
 */
export function dropEnumChecks(checks: readonly Row[]): readonly string[] {
  return enumColumns.flatMap((each) => {
    const check = checks.find((row) => isCheckOf(row, each));
    if (check === undefined) return [];
    const { table, column, type } = each;
    return check.LEVEL === 'Column'
      ? [`ALTER TABLE ${table} MODIFY COLUMN ${column} ${type}`]
      : [`ALTER TABLE ${table} DROP CONSTRAINT \`${text(check, 'CONSTRAINT_NAME')}\``];
  });
}

function isCheckOf(row: Row, { table, column }: EnumColumn): boolean {
  // MariaDB's names are not unique in a database, so that it says the table of each.
  const owner = row.TABLE_NAME ?? row.constrained_table;
  if (row.constrained_table !== owner || owner !== table) return false;
  const [, name] = wordList.exec(text(row, 'CHECK_CLAUSE')) ?? [];
  return name === column;
}

/** `status` in ('pending', ...): with MySQL's character sets and escapes, and parentheses around it. */
const wordList = /^\(*`?(\w+)`? in \((?:[\w', ]|\\')+\)\)*$/i;
