import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { orchestratorPrefix } from '../model/liveness.ts';
import type { Worker } from '../model/task/task.ts';
import { createProcessProbe, processStart } from '../state/process-probe.ts';
import type { SessionStart } from '../tracker/runs/sessions.ts';

/** Makes a session for this process as an orchestrator: it lives as long as the process does. */
export function ownSession({
  actor,
  workspaceId,
  cwd,
}: {
  readonly actor: string;
  readonly workspaceId: string;
  readonly cwd: string;
}): { readonly session: SessionStart; readonly worker: Worker } {
  const id = `${orchestratorPrefix}${randomUUID()}`;
  const session = {
    id,
    workspaceId,
    actor,
    host: hostname(),
    processScope: createProcessProbe().scope,
    processId: process.pid,
    processStart: processStart(process.pid),
    cwd: cwd.slice(0, 1_024),
  };
  return { session, worker: { session: id, agent: 'main', actor } };
}
