import { limits } from '../../model/limits.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import type { WorkspaceName } from '../../tracker/database/join-workspace.ts';
import { ensureRegistryEntries } from '../../tracker/registry/ensure.ts';
import type { Scope } from '../../tracker/scope.ts';
import type { ModeKeys } from '../parts/mode-options.ts';

/**
 * Makes the client and the project that a project's tasks will be for, where there are none yet.
 *
 * @throws DocketError `invalid_input` when one is archived
 */
export async function makeNamed(
  store: Scope['store'],
  { id: workspaceId }: WorkspaceName,
  { mode: { client, project }, createdBy }: { mode: ModeKeys; createdBy: string },
): Promise<void> {
  if (client === undefined && project === undefined) return;
  const session = `${terminalPrefix}${createdBy}`.slice(0, limits.session);
  const worker = { session, agent: 'main', actor: createdBy };
  const probe = { scope: null, isAlive: () => false };
  await ensureRegistryEntries({ store, workspaceId, worker, probe }, { client, project });
}
