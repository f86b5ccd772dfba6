import type { Run } from '../../model/run/run.ts';
import { isContainer } from '../../model/task/container.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { ask } from '../../store/sql/request.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { findClaimedIds, findTasks } from '../../store/tables/tasks.ts';
import type { Scope } from '../scope.ts';
import { readForAgent, type TaskForAgent } from './read-for-agent.ts';

/** What a session says when it starts an agent. */
export interface AgentCallWords {
  readonly agent: string;
  /** Keys that the agent's prompt names. */
  readonly keys: readonly string[];
}

/** The task that an agent is given. */
export interface Given extends TaskForAgent {
  readonly run: Pick<Run, 'id' | 'role'>;
  /** Whether the prompt names it; else it is the agent's by its name alone. */
  readonly isNamed: boolean;
}

/**
 * Finds the task that the scope's session gives to an agent which it starts: of those that it holds,
 * the one that the prompt names, or where it names none, the one that is claimed for an agent of
 * this name. Of several the agent's name decides.
 *
 * @returns undefined when it is none, or still not clear which.
 */
export async function findGiven(scope: Scope, words: AgentCallWords): Promise<Given | undefined> {
  const found = await scope.store.read(async (db) => {
    const ids = await findClaimedIds(db, scope.worker.session);
    const held = (await findTasks(db, ids)).filter(
      (task) =>
        task.workspaceId === scope.workspaceId && !isContainer(task) && !isClosed(task.status),
    );
    const task = choose(held, words);
    const run = task && (await runningOn(db, task));
    return run && { key: task.key, run };
  });
  if (found === undefined) return undefined;
  const { key, run } = found;
  return { ...(await readForAgent(scope, key)), run, isNamed: words.keys.includes(key) };
}

function choose(held: readonly Task[], { agent, keys }: AgentCallWords): Task | undefined {
  const named = held.filter(({ key }) => keys.includes(key));
  if (named.length === 1) return named[0];
  const ofAgent = (named.length > 0 ? named : held).filter(({ claim }) => claim?.agent === agent);
  return ofAgent.length === 1 ? ofAgent[0] : undefined;
}

async function runningOn(db: Db, { id }: Task): Promise<Run | undefined> {
  const runs = await ask(db, runsOf(db.dialect, [id], { withReports: false }));
  return runs.find(({ status }) => status === 'running');
}
