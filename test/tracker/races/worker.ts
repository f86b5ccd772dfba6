import { createInterface } from 'node:readline';
import type { Connection } from '../../../lib/model/connection.ts';
import { openStore, openUnmigrated } from '../../../lib/tracker/database/open.ts';
import { type Operation, perform, type Result } from './operation.ts';

/** What a worker is told on its first line of standard input. */
export interface Job {
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly name: string;
  /** Migrates and answers with the numbers of the migrations that it applied. */
  readonly migrates?: boolean;
  readonly operations: readonly Operation[];
}

// One worker of many, each a process: it says that it is there, waits for the word to go, which
// all get at once, and then answers each operation with a line.
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const job = JSON.parse((await lines.next()).value ?? '') as Job;
const write = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
write('ready');
await lines.next();
await work().catch((error: Error) => write({ error: 'unknown', message: error.message }));
process.exit(0);

async function work(): Promise<void> {
  if (job.migrates) {
    const store = await openUnmigrated(job.connection);
    const applied = await store.migrate();
    await store.close();
    write({ keys: applied.map(String) } satisfies Result);
    return;
  }
  const store = await openStore(job.connection);
  const { name, workspaceId } = job;
  const scope = {
    store,
    workspaceId,
    worker: { session: `${name}-session`, agent: 'main', actor: `${name}@one` },
    probe: { scope: null, isAlive: () => false },
  };
  for (const operation of job.operations) write(await perform(scope, operation));
  await store.close();
}
