import { accessSync, constants } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { databaseUrl } from '../lib/config/database.ts';
import type { Env } from '../lib/config/paths.ts';
import { DocketError } from '../lib/model/errors.ts';
import type { Policy } from '../lib/model/run/policy.ts';
import type { PermissionMode } from '../lib/orchestrator/agents/claude-arguments.ts';
import { ClaudeRunner } from '../lib/orchestrator/agents/claude-runner.ts';
import { Orchestrator } from '../lib/orchestrator/orchestrator.ts';
import { ownSession } from '../lib/orchestrator/own-session.ts';
import type { FlagValues } from './command.ts';
import type { agentFlags } from './flags/agent.ts';
import { readNumber } from './flags/shared.ts';
import type { OpenScope } from './open-scope.ts';
import { policyOfProject, withMode } from './project-settings.ts';

type AgentFlags = Omit<FlagValues<typeof agentFlags>, 'database'>;

/** An orchestrator on the open list, whose agents are Claude Code in the project's folder. */
export function makeOrchestrator(
  open: OpenScope,
  { env, flags, parallel }: { env: Env; flags: AgentFlags; parallel?: string | undefined },
): Orchestrator {
  const { context } = open;
  const scope = withMode(open);
  const cwd = context.search.project?.root ?? context.folder;
  const { actor } = scope.worker;
  const { session, worker } = ownSession({ actor, workspaceId: scope.workspaceId, cwd });
  const permissionMode = flags['permission-mode'] as PermissionMode | undefined;
  return new Orchestrator({
    scope: { ...scope, worker },
    session,
    runner: new ClaudeRunner({
      command: findClaude(env),
      ...(permissionMode === undefined ? {} : { permissionMode }),
    }),
    policy: overruled(policyOfProject(context), { flags, parallel }),
    cwd,
    env: agentEnvironment(env, open),
  });
}

function overruled(
  policy: Policy,
  { flags, parallel }: { flags: AgentFlags; parallel: string | undefined },
): Policy {
  const { timeout, budget } = flags;
  return {
    ...policy,
    ...(parallel === undefined
      ? {}
      : { parallel: readNumber('parallel', parallel, { min: 1, max: 64 }) }),
    ...(timeout === undefined
      ? {}
      : { timeoutMs: readNumber('timeout', timeout, { min: 1, max: 1_440 }) * 60_000 }),
    ...(budget === undefined ? {} : { budgetUsd: readDollars(budget) }),
  };
}

function readDollars(text: string): number {
  const value = /^[0-9]{1,6}(\.[0-9]{1,4})?$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new DocketError('usage', `--budget: ${JSON.stringify(text)} is not allowed`, {
    hint: 'US dollars above 0, such as 2.50',
  });
}

/**
 * An agent is a session of its own: it must not pass for the one that started the orchestrator. The
 * list is the same; what else docket needs to get there, a password too, is the person's environment.
 */
function agentEnvironment(env: Env, { context }: OpenScope): Readonly<Record<string, string>> {
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

/** @throws DocketError `agent_failed` when Claude Code is not to be found. */
function findClaude(env: Env): string {
  for (const folder of (env.PATH ?? '').split(':').filter(isAbsolute)) {
    const file = join(folder, 'claude');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // The next one.
    }
  }
  throw new DocketError('agent_failed', 'Claude Code (claude) is not on your PATH', {
    hint: 'Install Claude Code, or record what agents report with docket report KEY',
  });
}
