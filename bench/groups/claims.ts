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

interface Targets {
  /** Claims a second, of all processes together. */
  readonly rate: number;
  /** Milliseconds of the slowest claim. */
  readonly slowest?: number;
}

const targets: Readonly<Record<EngineName | 'sqlite', Targets>> = {
  sqlite: { rate: 1_500, slowest: 1_000 },
  mariadb: { rate: 400 },
  dolt: { rate: 100, slowest: 4_000 },
};

/**
 * Measures many processes that each claim the next ready task. It changes the lists, so it comes
 * last.
 */
export const claimsSqlite: Group = {
  name: 'claims-sqlite',
  async measure(machine, { quick }) {
    const { env } = await machine.onSqlite(10_000);
    const connection: Connection = { kind: 'sqlite', path: databaseOf(env.HOME) };
    return measureClaims(machine, connection, { engine: 'sqlite', quick });
  },
};

export function claimsServer(engine: EngineName): Group {
  return {
    name: `claims-${engine}`,
    async measure(machine, { quick }) {
      const { login } = await machine.onServer(engine, serverTasks);
      if (login === undefined) throw new Error('a server asks for a login');
      return measureClaims(machine, login, { engine, quick });
    },
  };
}

async function measureClaims(
  machine: BenchMachine,
  connection: Connection,
  { engine, quick }: { engine: EngineName | 'sqlite'; quick: boolean },
): Promise<readonly Measurement[]> {
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
  const claims = reports.flatMap(({ keys }) => keys).length;
  const retries = reports.reduce((sum, report) => sum + report.retries, 0);
  const failures = reports.flatMap(({ failure }) => failure ?? []);
  const label = engine === 'sqlite' ? 'SQLite' : serverNames[engine];
  const name = (what: string) => `${processes} processes x ${each} claims, ${label}: ${what}`;
  const { rate, slowest } = targets[engine];
  return [
    {
      name: name('claims'),
      unit: '/s',
      value: claims / (milliseconds / 1000),
      target: rate,
      detail: `${claims} claims, ${retries} begun again`,
    },
    {
      name: name('slowest claim'),
      unit: 'ms',
      value: Math.max(...reports.map((report) => report.slowest)),
      ...(slowest === undefined ? {} : { target: slowest }),
      detail: '',
    },
    {
      name: name('claimed twice or lost'),
      unit: 'count',
      value: await countWrong(connection, reports),
      target: 0,
      detail: `of ${claims}`,
    },
    {
      name: name('claimers that ended early'),
      unit: 'count',
      value: failures.length,
      target: 0,
      detail: [...new Set(failures)].join('; '),
    },
  ];
}

/**
 * Counts keys that two processes got, and claims that the database has otherwise than it told them.
 */
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
