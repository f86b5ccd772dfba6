import { branchOf } from '../config/branch.ts';
import { hostOf } from '../config/identity.ts';
import type { Env } from '../config/paths.ts';
import { workingFolder } from '../config/working-folder.ts';
import { createProcessProbe, processStart } from '../state/process-probe.ts';
import type { Scope } from '../tracker/scope.ts';
import type { ListContext } from './list-context.ts';

/** Describes a session as it is registered with its list; CLAUDE_PID is the Claude Code process. */
export function describeSession(
  {
    sessionId,
    context,
    actor,
  }: { readonly sessionId: string; readonly context: ListContext; readonly actor: string },
  env: Env,
) {
  const pid = Number(env.CLAUDE_PID);
  const id = Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  return {
    id: sessionId,
    workspaceId: context.workspace.id,
    actor,
    host: hostOf(),
    processScope: createProcessProbe().scope,
    processId: id,
    processStart: id === null ? null : processStart(id),
    cwd: context.folder.slice(0, 1_024),
    branch: branchOf(context.folder),
  };
}

/** Describes the session of a program, which lives as long as this process. */
export function describeProgram({ workspaceId, worker }: Scope) {
  const folder = workingFolder();
  return {
    id: worker.session,
    workspaceId,
    actor: worker.actor,
    host: hostOf(),
    processScope: createProcessProbe().scope,
    processId: process.pid,
    processStart: processStart(process.pid),
    cwd: folder?.slice(0, 1_024) ?? null,
    branch: folder && branchOf(folder),
  };
}
