import type { Db, Row, SqlValue } from '../../../lib/store/contract.ts';
import type { Engine } from '../../engines/engines.ts';

interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** What of an engine's own plan costs more the longer the list is; empty is good. */
export interface Plan {
  /** Tables that are read from one end to the other. */
  readonly scans: readonly string[];
  /** Rows that are put in order after they were read, however few of them are wanted. */
  readonly sorts: readonly string[];
}

export function explain(engine: Engine, db: Db, statement: Statement): Promise<Plan> {
  if (engine.name === 'sqlite') return explainSqlite(db, statement);
  return engine.name === 'dolt' ? explainDolt(db, statement) : explainMariadb(db, statement);
}

async function explainSqlite(db: Db, { sql, params }: Statement): Promise<Plan> {
  const rows = await db.query(`EXPLAIN QUERY PLAN ${sql}`, params);
  const lines = rows.map(({ detail }) => String(detail));
  return {
    // A part of a union, a counted part and the handful of migrations are always small.
    scans: lines.filter((line) =>
      /^SCAN (?!part_|c$|counted_|capped|CONSTANT|docket_|\()/.test(line),
    ),
    sorts: lines.filter((line) => line.startsWith('USE TEMP B-TREE FOR ORDER BY')),
  };
}

async function explainMariadb(db: Db, { sql, params }: Statement): Promise<Plan> {
  const plan = await db.query(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, params);
  if (plan.some((row) => 'operator info' in row)) return readTidbPlan(plan);
  const rows = plan.filter(isOfTable);
  const say = (row: Row) => JSON.stringify(row);
  return {
    scans: rows.filter((row) => row.type === 'ALL' || row.type === 'index').map(say),
    sorts: rows.filter((row) => String(row.Extra).includes('filesort')).map(say),
  };
}

/** What a union or a derived table put together is as short as its parts. */
function isOfTable({ table }: Row): boolean {
  return table !== null && !String(table).startsWith('<') && table !== 'docket_migrations';
}

/** TiDB gives a tree of operators, whatever format it is asked for. */
function readTidbPlan(rows: readonly Row[]): Plan {
  const say = (row: Row) =>
    `${String(row.id).replace(/^[\s│├└─]*/u, '')} ${row['access object']} ${row['operator info']}`;
  const lines = rows.map(say).filter((line) => !line.includes('table:docket_migrations'));
  return {
    // One that keeps the order of an index ends where its limit is.
    scans: lines.filter(
      (line) => line.startsWith('TableFullScan') || /^IndexFullScan.*keep order:false/.test(line),
    ),
    sorts: lines.filter((line) => /^(Sort|TopN)/.test(line)),
  };
}

async function explainDolt(db: Db, { sql, params }: Statement): Promise<Plan> {
  const rows = await db.query(`EXPLAIN FORMAT=TREE ${sql}`, params);
  const lines = rows.map((row) => String(Object.values(row)[0]).replace(/^[\s│├└─]*/u, ''));
  return {
    scans: lines.filter((line, index) => line === 'Table' && !isSmall(lines[index + 1])),
    sorts: lines.flatMap((line, at) =>
      /^(Sort|TopN)\b/.test(line) ? [`${line} ${indexBelow(lines, at)}`] : [],
    ),
  };
}

/** What the rows that are sorted were read along. */
function indexBelow(lines: readonly string[], at: number): string {
  return lines.slice(at).find((line) => line.startsWith('index: ')) ?? '';
}

function isSmall(name: string | undefined): boolean {
  return name === 'name: docket_migrations';
}
