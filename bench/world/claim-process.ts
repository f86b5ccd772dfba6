import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { Connection } from '../../lib/model/connection.ts';
import type { Store } from '../../lib/store/contract.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import { claimNext } from '../../lib/tracker/tasks/claim.ts';

/** The order that one of many claimers gets on the first line of its stdin. */
export interface ClaimOrder {
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly session: string;
  readonly claims: number;
}

/** The claimer's report when it is done. */
export interface ClaimReport {
  readonly keys: readonly string[];
  /** Milliseconds of the slowest claim, failed ones included. */
  readonly slowest: number;
  /** The number of times a claim was begun again, because it had lost against another writer. */
  readonly retries: number;
  /** The reason why it ended before it had all its claims. */
  readonly failure?: string;
}

// The process opens the list, prints `ready`, waits for a second line, so that all begin together,
// and claims.
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const order: ClaimOrder = JSON.parse((await lines.next()).value ?? '');
const opened = await openStore(order.connection);
let attempts = 0;
const store: Store = {
  ...opened,
  write: (work) =>
    opened.write((transaction) => {
      attempts += 1;
      return work(transaction);
    }),
};
const scope = {
  store,
  workspaceId: order.workspaceId,
  worker: { session: order.session, agent: 'main', actor: 'alice@one' },
  probe: { scope: null, isAlive: () => false },
};
process.stdout.write('ready\n');
await lines.next();

process.stdout.write(`${JSON.stringify(await claimAll())}\n`);
process.stdin.destroy();

async function claimAll(): Promise<ClaimReport> {
  const keys: string[] = [];
  let slowest = 0;
  let begun = 0;
  const report = () => ({ keys, slowest, retries: Math.max(0, attempts - begun) });
  try {
    while (begun < order.claims) {
      begun += 1;
      const started = performance.now();
      try {
        const { task } = await claimNext(scope);
        keys.push(task.key);
      } finally {
        slowest = Math.max(slowest, performance.now() - started);
      }
    }
    await store.close();
    return report();
  } catch (error) {
    return { ...report(), failure: String(error) };
  }
}
