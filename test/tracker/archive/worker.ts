import type { Connection } from '../../../lib/model/connection.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';

/** What a worker is told by its first argument. */
export interface Job {
  readonly connection: Connection;
  readonly workspaceId: string;
}

// Archives all that has ended, a task in each transaction, unless it is killed before.
const { connection, workspaceId } = JSON.parse(process.argv[2] ?? '') as Job;
const store = await openStore(connection);
process.stdout.write('begun ');
const scope = {
  ...{ store, workspaceId },
  worker: { session: 'archivist', agent: 'main', actor: 'alice@one' },
  probe: { scope: null, isAlive: () => false },
};
await archiveTasks(scope, { olderThan: -60_000, keep: 0, together: 1 });
process.stdout.write('done');
process.exit(0);
