import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { claudeBinary } from '../engines/claude.ts';
import type { MockApi } from './mock-api.ts';

export type PermissionMode = 'default' | 'acceptEdits' | 'bypassPermissions' | 'plan' | 'dontAsk';

export interface ClaudeOptions {
  /** A temporary folder: the CLI keeps its state and transcripts there. */
  readonly home: string;
  readonly cwd: string;
  readonly mock: MockApi;
  readonly model?: string;
  readonly permissionMode?: PermissionMode;
  /** Folders before /usr/bin and /bin on PATH. */
  readonly path?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Which settings files are read: a list of user, project, local. All, when not given. */
  readonly settingSources?: string;
  readonly sessionId?: string;
  readonly args?: readonly string[];
  readonly timeoutMs?: number;
}

export interface ClaudeProcess {
  readonly child: ChildProcess;
  readonly sessionId: string;
  /** Resolves to the exit code; rejects, after ending all, when time runs out. */
  readonly exited: Promise<number | null>;
  readonly stderr: () => string;
}

// Looked for once: the search itself starts processes.
let binary: string | undefined;

/** Starts the real CLI in print mode, with an environment of its own and nothing inherited. */
export function spawnClaude(
  args: readonly string[],
  stdin: 'ignore' | 'pipe',
  options: ClaudeOptions,
): ClaudeProcess {
  const sessionId = options.sessionId ?? randomUUID();
  binary ??= claudeBinary();
  const child = spawn(binary, [...args, ...commonArguments(sessionId, options)], {
    cwd: options.cwd,
    env: claudeEnvironment(options),
    stdio: [stdin, 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const stderr = () => errors;
  return { child, sessionId, exited: exitOf(child, options.timeoutMs ?? 110_000, stderr), stderr };
}

function commonArguments(sessionId: string, options: ClaudeOptions): readonly string[] {
  return [
    ...['--output-format', 'stream-json', '--verbose', '--include-hook-events'],
    ...['--model', options.model ?? 'claude-opus-5-5'],
    ...['--permission-mode', options.permissionMode ?? 'default'],
    '--strict-mcp-config',
    ...['--session-id', sessionId],
    ...(options.settingSources === undefined ? [] : ['--setting-sources', options.settingSources]),
    ...(options.args ?? []),
  ];
}

/** All that the CLI gets: nothing is inherited. */
export function claudeEnvironment(
  options: Pick<ClaudeOptions, 'home' | 'mock' | 'path' | 'env'>,
): Readonly<Record<string, string>> {
  return {
    HOME: options.home,
    PATH: [...(options.path ?? []), '/usr/bin', '/bin'].join(delimiter),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    CLAUDE_CODE_TMPDIR: join(options.home, 'tmp'),
    ANTHROPIC_BASE_URL: options.mock.url,
    ANTHROPIC_API_KEY: 'dummy-key',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_ERROR_REPORTING: '1',
    // A refused request would be tried again for half a minute.
    CLAUDE_CODE_MAX_RETRIES: '0',
    // Without it root may not use bypassPermissions.
    IS_SANDBOX: '1',
    ...options.env,
  };
}

// SIGTERM and not SIGKILL: the CLI puts hooks and shells into process groups of their own, and
// ends them itself when it is asked to end (measured: within 2 s).
async function exitOf(
  child: ChildProcess,
  timeoutMs: number,
  stderr: () => string,
): Promise<number | null> {
  let late = false;
  let killer: NodeJS.Timeout | undefined;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGTERM');
    killer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  }, timeoutMs);
  try {
    const [code] = await once(child, 'close');
    if (late) throw new Error(`Claude Code did not end within ${timeoutMs} ms.\n${stderr()}`);
    return code;
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
  }
}
