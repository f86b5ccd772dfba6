import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Person {
  readonly home: string;
  readonly project: string;
}

/** What an event's hooks say. */
export interface Said {
  /** Context, or why a tool is refused. */
  readonly toModel: string;
  readonly toPerson: string;
}

/** One session as Claude Code runs it: its hooks by the project's settings, its shell commands. */
export interface RecordedSession {
  event(name: string, input: Readonly<Record<string, unknown>>): Said;
  /** What a shell command prints. */
  bash(command: string): string;
  end(): void;
}

interface Hook {
  readonly command: string;
  readonly args: readonly string[];
  readonly async?: boolean;
}

interface Group {
  readonly matcher?: string;
  readonly hooks: readonly Hook[];
}

export function startSession({ home, project }: Person): RecordedSession {
  const id = randomUUID();
  // Whether a session lives is told by its process.
  const claude: ChildProcess = spawn('sleep', ['600'], { stdio: 'ignore' });
  const env = {
    HOME: home,
    PATH: `${join(home, '.local/bin')}:/usr/local/bin:/usr/bin:/bin`,
    TZ: 'UTC',
    LANG: 'C.UTF-8',
    DOCKET_ACTOR: 'alice',
    CLAUDECODE: '1',
    CLAUDE_CODE_SESSION_ATTENDED: '1',
    CLAUDE_PID: String(claude.pid),
    CLAUDE_CODE_SESSION_ID: id,
    CLAUDE_PROJECT_DIR: project,
  };

  function event(name: string, input: Readonly<Record<string, unknown>>): Said {
    const { hooks } = JSON.parse(readFileSync(join(project, '.claude/settings.json'), 'utf8'));
    const groups: readonly Group[] = hooks[name] ?? [];
    const due = groups
      .filter(
        ({ matcher = '' }) => matcher === '' || matcher.split('|').includes(`${input.tool_name}`),
      )
      .flatMap((group) => group.hooks.filter((hook) => hook.async !== true));
    const said = due.map((hook) => readSaid(run(hook, { ...input, hook_event_name: name })));
    return {
      toModel: said.map(({ toModel }) => toModel).join(''),
      toPerson: said.map(({ toPerson }) => toPerson).join(''),
    };
  }

  function run({ command, args }: Hook, input: Readonly<Record<string, unknown>>): string {
    const words = args.map((arg) => arg.replaceAll(`\${CLAUDE_PROJECT_DIR}`, project));
    const stdin = JSON.stringify({ session_id: id, cwd: project, ...input });
    const done = spawnSync(command, words, { cwd: project, env, input: stdin, encoding: 'utf8' });
    if (done.status !== 0 || done.stderr !== '') throw new Error(`a hook failed: ${done.stderr}`);
    return done.stdout;
  }

  return {
    event,
    bash(command) {
      const done = spawnSync('sh', ['-c', command], { cwd: project, env, encoding: 'utf8' });
      return `${done.stdout}${done.stderr}`.trimEnd();
    },
    end: () => void claude.kill(),
  };
}

function readSaid(stdout: string): Said {
  const { systemMessage = '', hookSpecificOutput = {} } = stdout === '' ? {} : JSON.parse(stdout);
  const { additionalContext, permissionDecisionReason = '' } = hookSpecificOutput;
  return { toModel: additionalContext ?? permissionDecisionReason, toPerson: systemMessage };
}
