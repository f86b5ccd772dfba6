import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../lib/tracker/scope.ts';

/** Orchestrates the list in a session of its own. */
export function orchestratorScope(list: Scope) {
  const worker = { session: `run:${randomUUID()}`, agent: 'main', actor: 'alice@one' };
  const session = {
    id: worker.session,
    workspaceId: list.workspaceId,
    actor: worker.actor,
    host: 'one',
    processScope: null,
    processId: null,
    processStart: null,
    cwd: null,
  };
  return { scope: { ...list, worker }, session };
}
