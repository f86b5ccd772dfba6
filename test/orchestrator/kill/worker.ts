import type { Connection } from '../../../lib/model/connection.ts';
import { FunctionRunner } from '../../../lib/orchestrator/agents/function-runner.ts';
import { Orchestrator } from '../../../lib/orchestrator/orchestrator.ts';
import { ownSession } from '../../../lib/orchestrator/own-session.ts';
import { createProcessProbe } from '../../../lib/state/process-probe.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';

/** What a worker is told by its first argument. */
export interface Job {
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly key: string;
}

// Runs a plan to its end, unless it is killed before. Its agents take some time, and whoever judges
// rejects the first work of each task.
const { connection, workspaceId, key } = JSON.parse(process.argv[2] ?? '') as Job;
const store = await openStore(connection);
const { session, worker } = ownSession({ actor: 'alice@one', workspaceId, cwd: '/' });
const runner = new FunctionRunner(async ({ agent, prompt }) => {
  await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 40));
  const report = { status: 'completed', outcome: 'done', files_modified: ['a.ts'] } as const;
  if (agent !== 'Code Review Agent') return report;
  const isFirst = !prompt.includes('(review): rejected');
  return isFirst
    ? { ...report, approval: 'rejected', issues_found: ['not yet'] }
    : { ...report, approval: 'approved' };
});
const orchestrator = new Orchestrator({
  scope: { store, workspaceId, worker, probe: createProcessProbe() },
  session,
  runner,
  cwd: '/',
});
const { status } = await orchestrator.run(key);
process.stdout.write(status);
process.exit(0);
