import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished } from 'vitest';
import { buildAll } from '../../../scripts/build.ts';
import { openEmulator } from '../../../scripts/recording/emulator.ts';
import type { CliHarness } from '../cli-harness.ts';

/** Builds docket as it is installed. @returns the command's path, and what takes it away again. */
export async function buildCommand(): Promise<readonly [string, () => void]> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-watch-'));
  await buildAll(join(folder, 'dist'));
  return [join(folder, 'dist/docket.cjs'), () => rmSync(folder, { recursive: true })];
}

/** A command that runs at a terminal of its own, and what the terminal shows. */
export interface AtTerminal {
  /** Waits until the terminal shows this. */
  shows(text: string | RegExp): Promise<readonly string[]>;
  type(keys: string): void;
  resize(columns: number, rows: number): Promise<void>;
  /** Waits for the end; the lines left on the terminal end with the command's exit code. */
  end(): Promise<readonly string[]>;
  /** Closes the terminal's window. */
  hangUp(): void;
}

/**
 * Starts a command of docket in a pseudo-terminal of 80 by 30; `before` is what the shell does
 * first.
 */
export function startAtTerminal(
  docket: string,
  { env, project }: CliHarness,
  args: string,
  before = ':',
): AtTerminal {
  const tty = join(project, 'tty');
  const script = `${before}; trap : INT; stty cols 80 rows 30; tty > ${tty}; echo '$ docket'; '${process.execPath}' '${docket}' ${args}; echo "exit $?"; stty -a | grep -o -e '-icanon'`;
  const running = execa('sh', ['-c', 'exec script -qec "$0" /dev/null', script], {
    cwd: project,
    env: { PATH: process.env.PATH, ...env, LANG: 'C.UTF-8' },
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
  });
  onTestFinished(() => void running.kill());
  const emulator = openEmulator(80);
  running.stdout.setEncoding('utf8').on('data', (data: string) => emulator.write(data));
  const { lines } = emulator;
  return {
    async shows(text) {
      await expect.poll(() => lines().join('\n'), { timeout: 20_000, interval: 50 }).toMatch(text);
      return lines();
    },
    type: (keys) => void running.stdin.write(keys),
    async resize(columns, rows) {
      emulator.resize(columns);
      await execa('sh', ['-c', `stty cols ${columns} rows ${rows} < "$(cat ${tty})"`]);
    },
    async end() {
      await running;
      return lines();
    },
    hangUp: () => void running.kill(),
  };
}

/** Runs a command of another person, in a process beside the one at the terminal. */
export async function runAsBob(
  docket: string,
  { env, project }: CliHarness,
  ...args: readonly string[]
): Promise<void> {
  await execa(process.execPath, [docket, ...args], {
    cwd: project,
    env: { ...env, DOCKET_ACTOR: 'bob', DOCKET_SESSION: 'f4631b00-aaaa', PATH: process.env.PATH },
    extendEnv: false,
  });
}
