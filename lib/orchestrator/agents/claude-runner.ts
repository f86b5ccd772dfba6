import { defaultPermissionMode, type PermissionMode } from '../../model/run/permission-mode.ts';
import { claudeAgentName } from './agent-names.ts';
import type { AgentRequest, AgentResult, AgentRunner } from './agent-runner.ts';
import { claudeArguments } from './claude-arguments.ts';
import { plainPrompt } from './plain-prompt.ts';
import { readClaudeEnd, readKnownAgents } from './read-claude-end.ts';
import { describeLimit, startRunLimit } from './run-limit.ts';

/** How agents are started, where it differs from the usual way. */
export interface ClaudeRunnerOptions {
  /** The CLI: its path, or a name on the request's PATH; `claude` by default. */
  readonly command?: string;
  /** `acceptEdits` by default. */
  readonly permissionMode?: PermissionMode;
  /** More arguments for the CLI. */
  readonly args?: readonly string[];
  /** Milliseconds from asking an agent to end to killing it; 5 s by default. */
  readonly graceMs?: number;
}

/** The name of no agent. */
const nobody = 'docket-asks-for-all';

/** Milliseconds. A Claude Code that takes longer is not asked: each run tells by itself. */
const longestAsking = 20_000;

/** Runs agents as sessions of Claude Code in print mode, each in a process of its own. */
export class ClaudeRunner implements AgentRunner {
  readonly #options: ClaudeRunnerOptions;

  constructor(options: ClaudeRunnerOptions = {}) {
    this.#options = options;
  }

  /**
   * Asks Claude Code for an agent that does not exist, because it then lists all that do: the
   * project's, the person's and those of plugins. Without a prompt it asks the API for nothing,
   * whoever is called so (measured with 2.1.328 and 2.1.332: 0.6 s).
   */
  async findUnknown(
    agents: readonly string[],
    { cwd, env }: Pick<AgentRequest, 'cwd' | 'env'>,
    signal: AbortSignal,
  ): Promise<readonly string[]> {
    const { command = 'claude', args = [], graceMs = 5_000 } = this.#options;
    const { runProcess } = await import('./start-process.ts');
    const { stderr } = await runProcess({
      command: [command, '-p', '--agent', nobody, ...args],
      cwd,
      env,
      stdin: '',
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestAsking)]),
      graceMs,
    });
    const known = readKnownAgents(stderr);
    if (known === undefined) return [];
    return agents.filter((agent) => !known.has(claudeAgentName(agent) ?? ''));
  }

  async run(request: AgentRequest, signal: AbortSignal): Promise<AgentResult> {
    const { agent, prompt, cwd, env, timeoutMs } = request;
    const name = claudeAgentName(agent);
    if (name === undefined) {
      const message = `no agent of Claude Code can be called ${JSON.stringify(agent)}`;
      return { kind: 'failed', reason: 'unknown_agent', message };
    }
    const { command = 'claude', permissionMode = defaultPermissionMode, args = [] } = this.#options;
    const { graceMs = 5_000 } = this.#options;
    const words = claudeArguments({ ...request, agent: name, permissionMode });
    const limit = startRunLimit(signal, timeoutMs);
    try {
      const { runProcess } = await import('./start-process.ts');
      const end = await runProcess({
        command: [command, ...words, ...args],
        cwd,
        env,
        stdin: plainPrompt(prompt),
        signal: limit.signal,
        graceMs,
      });
      const result = readClaudeEnd(end);
      const reason = limit.reason();
      // A report that came although time ran out is a report.
      if (reason === undefined || result.kind === 'report') return result;
      return { kind: 'failed', reason, message: describeLimit(reason, timeoutMs) };
    } finally {
      limit.clear();
    }
  }
}
