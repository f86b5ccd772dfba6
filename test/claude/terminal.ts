import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { claudeBinary } from '../engines/claude.ts';
import { trustFolder } from './claude-home.ts';
import { type ClaudeOptions, claudeEnvironment } from './claude-process.ts';

/** Claude Code as a person sees it, in a terminal. */
export interface ClaudeTerminal {
  /** All that was shown so far, without colours and what moves the cursor. */
  shown(): string;
  /** Types a line and the enter key. */
  type(line: string): Promise<void>;
  end(): Promise<void>;
}

const escapeSign = String.fromCharCode(27);
/** Steps over cells, which are spaces. */
const steps = new RegExp(`${escapeSign}\\[(\\d*)C`, 'g');

/** Starts the CLI in a terminal of util-linux's `script`, in a folder that the person has trusted. */
export async function startClaudeTerminal(
  options: Pick<ClaudeOptions, 'home' | 'cwd' | 'mock' | 'path' | 'env'>,
): Promise<ClaudeTerminal> {
  const { home, cwd } = options;
  mkdirSync(home, { recursive: true });
  const answered = { theme: 'dark', customApiKeyResponses: { approved: ['dummy-key'] } };
  writeFileSync(join(home, '.claude.json'), JSON.stringify(answered));
  await trustFolder(home, cwd);
  const command =
    'stty rows 40 cols 120; exec "$CLAUDE" --permission-mode default --strict-mcp-config';
  const child = spawn('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    cwd,
    env: {
      ...claudeEnvironment(options),
      ...{ TERM: 'xterm-256color', SHELL: '/bin/sh', CLAUDE: claudeBinary() },
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  return {
    shown: () =>
      stripVTControlCharacters(output.replace(steps, (_, count) => ' '.repeat(Number(count || 1)))),
    async type(line) {
      child.stdin.write(line);
      // What comes at once counts as pasted, the enter key with it.
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.stdin.write('\r');
    },
    async end() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
