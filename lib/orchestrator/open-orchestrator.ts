import type { Connection } from '../model/connection.ts';
import type { Policy } from '../model/run/policy.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import { ensureWorkspace, type WorkspaceName } from '../tracker/database/join-workspace.ts';
import { openStore } from '../tracker/database/open.ts';
import type { ModeSettings, Scope } from '../tracker/scope.ts';
import type { AgentRunner } from './agents/agent-runner.ts';
import { Orchestrator } from './orchestrator.ts';
import { ownSession } from './own-session.ts';

export interface OpenOrchestratorOptions {
  /** A SQLite file is made and migrated on the way; a server is migrated by `docket migrate`. */
  readonly connection: Connection;
  /** The list, as `.claude/docket.json` names it; made when the database does not have it. */
  readonly workspace: WorkspaceName;
  /** The attribution of new tasks; else each says so itself. Its client and project must exist. */
  readonly mode?: ModeSettings;
  /** The actor: `alice@one`. */
  readonly actor: string;
  readonly runner: AgentRunner;
  readonly policy?: Policy;
  /** The folder that agents work in. */
  readonly cwd: string;
  /** The whole environment of agents. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface OpenOrchestrator {
  readonly orchestrator: Orchestrator;
  /** The open list; `docketOn(scope)` gives its operations. */
  readonly scope: Scope;
  close(): Promise<void>;
}

/**
 * Opens a list and an orchestrator on it, whose session is this process.
 *
 * @throws DocketError `unreachable`, `migration_due`, `schema_too_new`
 */
export async function openOrchestrator({
  connection,
  workspace,
  actor,
  mode,
  ...options
}: OpenOrchestratorOptions): Promise<OpenOrchestrator> {
  const store = await openStore(connection);
  try {
    const { id: workspaceId } = await ensureWorkspace(store, workspace, actor);
    const { session, worker } = ownSession({ actor, workspaceId, cwd: options.cwd });
    const probe = createProcessProbe();
    const scope = { store, workspaceId, worker, probe, mode };
    return {
      orchestrator: new Orchestrator({ ...options, scope, session }),
      scope,
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
