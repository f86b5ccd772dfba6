import { statSync } from 'node:fs';
import { checkListArguments, checkOrchestratorArguments } from '../model/arguments/list.ts';
import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import type { Policy } from '../model/run/policy.ts';
import { createProcessProbe } from '../state/process-probe.ts';
import type { WorkspaceName } from '../tracker/database/join-workspace.ts';
import { openNamedList } from '../tracker/database/open-named-list.ts';
import type { ModeSettings, Scope } from '../tracker/scope.ts';
import type { AgentRunner } from './agents/agent-runner.ts';
import { Orchestrator } from './orchestrator.ts';
import { ownSession } from './own-session.ts';

/** Which list an orchestrator opens, whom it acts for and who does the work. */
export interface OpenOrchestratorOptions {
  /**
   * A SQLite file is made and migrated on the way, in a folder that exists; a server is migrated by
   * `docket migrate`. `parseConnection` makes one of a URL.
   */
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

/** An orchestrator on a list of its own. */
export interface OpenOrchestrator {
  readonly orchestrator: Orchestrator;
  /** The open list; `docketOn(scope)` gives its operations. */
  readonly scope: Scope;
  close(): Promise<void>;
}

/**
 * Opens a list and an orchestrator on it, whose session is this process.
 *
 * @throws DocketError `invalid_input`: an argument is missing or wrong; `unreachable`,
 * `migration_due`, `schema_too_new`
 */
export async function openOrchestrator(given: OpenOrchestratorOptions): Promise<OpenOrchestrator> {
  checkArguments(given ?? {});
  const { connection, workspace, actor, mode, ...options } = given;
  return openNamedList({ connection, workspace, actor }, ({ store, workspaceId }) => {
    const { session, worker } = ownSession({ actor, workspaceId, cwd: options.cwd });
    const probe = createProcessProbe();
    const scope = { store, workspaceId, worker, probe, mode, isModeArgument: true };
    return {
      orchestrator: new Orchestrator({ ...options, scope, session }),
      scope,
      close: () => store.close(),
    };
  });
}

function checkArguments(options: OpenOrchestratorOptions): void {
  const what = 'openOrchestrator:';
  checkListArguments(options, what);
  checkOrchestratorArguments(options, what);
  if (statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new DocketError('invalid_input', `${what} there is no folder ${options.cwd}`, {
    hint: 'cwd is the folder that agents work in',
  });
}
