import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import type { ClaimOrder, ClaimReport } from './claim-process.ts';

interface Claimer {
  readonly ready: Promise<void>;
  /** Lets it claim. A process that ends without a report is reported as such. */
  go(): Promise<ClaimReport>;
}

/** Runs one process for each order; all begin to claim at the same moment. */
export async function runClaimers(
  file: string,
  orders: readonly ClaimOrder[],
): Promise<{ milliseconds: number; reports: readonly ClaimReport[] }> {
  const claimers = orders.map((order) => start(file, order));
  await Promise.all(claimers.map(({ ready }) => ready));
  const started = performance.now();
  const reports = await Promise.all(claimers.map((claimer) => claimer.go()));
  return { milliseconds: performance.now() - started, reports };
}

function start(file: string, order: ClaimOrder): Claimer {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(order)}\n`);

  async function whenReady(): Promise<void> {
    if ((await lines.next()).done) throw new Error(`${order.session} could not open the list`);
  }

  return {
    ready: whenReady(),
    go: async () => {
      child.stdin.end('go\n');
      const next = await lines.next();
      if (!next.done) return JSON.parse(next.value);
      return { keys: [], slowest: 0, retries: 0, failure: 'it ended without a report' };
    },
  };
}
