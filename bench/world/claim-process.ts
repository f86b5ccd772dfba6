import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Connection } from '../../lib/model/connection.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { claimNext } from '../../lib/tracker/tasks/claim.ts';

/** What one of many claimers is told on the first line of its stdin. */
export interface ClaimOrder {
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly session: string;
  readonly claims: number;
}

/** What it says when it is done. */
export interface ClaimReport {
  readonly keys: readonly string[];
  /** Milliseconds of the slowest claim. */
  readonly slowest: number;
}

// Opens the list, says `ready`, waits for a second line, so that all begin together, and claims.
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const order: ClaimOrder = JSON.parse((await lines.next()).value ?? '');
const store = await openStore(order.connection);
const scope = {
  store,
  workspaceId: order.workspaceId,
  worker: { session: order.session, agent: 'main', actor: 'alice@one' },
  probe: { scope: null, isAlive: () => false },
};
process.stdout.write('ready\n');
await lines.next();

const keys: string[] = [];
let slowest = 0;
for (let claim = 0; claim < order.claims; claim += 1) {
  const started = performance.now();
  const { task } = await claimNext(scope);
  slowest = Math.max(slowest, performance.now() - started);
  keys.push(task.key);
}
await store.close();
process.stdout.write(`${JSON.stringify({ keys, slowest } satisfies ClaimReport)}\n`);
process.stdin.destroy();
