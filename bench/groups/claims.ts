import { join } from 'node:path';
import type { Connection } from '../../lib/model/connection.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { bundleProcess } from '../measure/bundle-process.ts';
import type { Measurement } from '../measure/measurement.ts';
import type { BenchMachine } from '../world/bench-machine.ts';
import type { ClaimReport } from '../world/claim-process.ts';
import { runClaimers } from '../world/claimers.ts';
import { databaseOf, workspace } from '../world/installed-user.ts';
import { type EngineName, serverNames } from '../world/servers.ts';
import type { Group } from './group.ts';
import { serverTasks } from './prompt-server.ts';

const each = 20;

/** Many processes that each claim what is ready next. Changes the lists, so it comes last. */
export const claimsSqlite: Group = {
  name: 'claims-sqlite',
  async measure(machine, { quick }) {
    const { env } = await machine.onSqlite(10_000);
    const connection: Connection = { kind: 'sqlite', path: databaseOf(env.HOME) };
    return [await measureClaims(machine, connection, { engine: 'SQLite', quick })];
  },
};

export function claimsServer(engine: EngineName): Group {
  return {
    name: `claims-${engine}`,
    async measure(machine, { quick }) {
      const { login } = await machine.onServer(engine, serverTasks);
      if (login === undefined) throw new Error('a server asks for a login');
      return [await measureClaims(machine, login, { engine: serverNames[engine], quick })];
    },
  };
}

async function measureClaims(
  machine: BenchMachine,
  connection: Connection,
  { engine, quick }: { engine: string; quick: boolean },
): Promise<Measurement> {
  const processes = quick ? 16 : 64;
  const file = join(machine.newHome(`claims-${engine}`), 'claimer.mjs');
  await bundleProcess('world/claim-process', file);
  const orders = Array.from({ length: processes }, (_, index) => ({
    connection,
    workspaceId: workspace.id,
    session: `claimer-${index}`,
    claims: each,
  }));
  const { milliseconds, reports } = await runClaimers(file, orders);
  const rate = (processes * each) / (milliseconds / 1000);
  const slowest = Math.max(...reports.map((report) => report.slowest));
  return {
    name: `${processes} processes x ${each} claims, ${engine}: claimed twice or lost`,
    unit: 'count',
    value: await countWrong(connection, reports),
    target: 0,
    detail: `${rate.toFixed(0)} claims/s, slowest ${slowest.toFixed(0)} ms`,
  };
}

/** Keys that two processes got, and claims that the database does not have as they were told. */
async function countWrong(
  connection: Connection,
  reports: readonly ClaimReport[],
): Promise<number> {
  const keys = reports.flatMap((report) => report.keys);
  const store = await openStore(connection);
  try {
    const [row] = await store.db.query(
      `SELECT COUNT(*) AS held FROM tasks
       WHERE claim_session_id LIKE 'claimer-%' AND status = 'in_progress'`,
    );
    const twice = keys.length - new Set(keys).size;
    return twice + Math.abs(keys.length - Number(row?.held));
  } finally {
    await store.close();
  }
}
