import { isAbsolute, join } from 'node:path';
import { databaseUrl } from '../config/database.ts';
import type { Env } from '../config/paths.ts';
import { canRun } from '../filesystem/path-facts.ts';
import { DocketError } from '../model/errors.ts';
import type { PermissionMode } from '../model/run/permission-mode.ts';
import type { Policy } from '../model/run/policy.ts';
import { ClaudeRunner } from '../orchestrator/agents/claude-runner.ts';
import { Orchestrator } from '../orchestrator/orchestrator.ts';
import { ownSession } from '../orchestrator/own-session.ts';
import type { ListContext, OpenList } from './list-context.ts';
import { policyOfProject, withMode } from './mode.ts';
import { reportQueue } from './queue-report.ts';

/** Settings of agents, where they differ from the project's. */
export interface AgentOptions {
  /** The number of agents that work at the same time. */
  readonly parallel?: number | undefined;
  /** The time that one agent may take. */
  readonly timeoutMinutes?: number | undefined;
  /** The money that one agent may cost. */
  readonly budgetUsd?: number | undefined;
  readonly permissionMode?: PermissionMode | undefined;
}

/**
 * Assembles an orchestrator on an open list, whose agents are Claude Code in the project's folder.
 *
 * @throws DocketError `agent_failed` when Claude Code cannot be found, `invalid_config`
 */
export function assembleOrchestrator(list: OpenList, options: AgentOptions): Orchestrator {
  const { context, env } = list;
  if (context === undefined) {
    throw new DocketError('usage', 'agents of Claude Code need the folder of a project', {
      hint: 'openDocket({ folder }) opens its list; openOrchestrator takes agents of your own',
    });
  }
  const scope = withMode(list);
  const cwd = context.search.project?.root ?? context.folder;
  const { actor } = scope.worker;
  const { session, worker } = ownSession({ actor, workspaceId: scope.workspaceId, cwd });
  const { permissionMode } = options;
  const policy = overruled(policyOfProject(list), options);
  return new Orchestrator({
    scope: { ...scope, worker },
    session,
    runner: new ClaudeRunner({
      command: findClaude(env),
      ...(permissionMode === undefined ? {} : { permissionMode }),
    }),
    policy,
    cwd,
    env: agentEnvironment(env, context),
    queueReport: reportQueue({ context, env, worker, policy }),
  });
}

function overruled(policy: Policy, { parallel, timeoutMinutes, budgetUsd }: AgentOptions): Policy {
  return {
    ...policy,
    ...(parallel === undefined ? {} : { parallel }),
    ...(timeoutMinutes === undefined ? {} : { timeoutMs: timeoutMinutes * 60_000 }),
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
  };
}

/**
 * Gives the environment of agents. An agent is a session of its own: it must not pass for the one
 * that started the orchestrator. The list is the same; all else that docket needs to reach it, a
 * password too, comes from the person's environment.
 */
function agentEnvironment(env: Env, context: ListContext): Readonly<Record<string, string>> {
  const own = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_CODE_ENTRYPOINT', 'CLAUDE_PID'];
  const others = ['CLAUDE_PROJECT_DIR', 'CLAUDE_ENV_FILE', 'DOCKET_SESSION', 'DOCKET_AGENT'];
  const left = new Set([...own, ...others]);
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || left.has(name) ? [] : [[name, value]],
  );
  const isFlag = context.source === 'flag';
  return {
    ...Object.fromEntries(kept),
    ...(isFlag ? { DOCKET_DATABASE: databaseUrl(context.database) } : {}),
  };
}

/**
 * Finds Claude Code on PATH.
 *
 * @throws DocketError `agent_failed` when it cannot be found.
 */
function findClaude(env: Env): string {
  const folders = (env.PATH ?? '').split(':').filter(isAbsolute);
  const found = folders.map((folder) => join(folder, 'claude')).find(canRun);
  if (found !== undefined) return found;
  throw new DocketError('agent_failed', 'Claude Code (claude) is not on your PATH', {
    hint: 'Install Claude Code, or record what agents report with docket report KEY',
  });
}
