import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Env } from '../../lib/config/paths.ts';
import { builtHooks } from './built-hooks.ts';

export interface HookStart {
  readonly env: Env;
  readonly cwd: string;
  /** File modes hold, although the tests may run as root, for whom they do not. */
  readonly obeysModes?: boolean;
}

/** What came of a hook. */
export interface HookRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a hook said, by Claude Code's names. */
export interface HookSaid {
  readonly systemMessage?: string;
  readonly context?: string;
  readonly deny?: string;
  readonly allows?: boolean;
  readonly updatedInput?: Readonly<Record<string, unknown>>;
}

/** A hook as Claude Code starts it: the built file, stdin through a pipe that is closed. */
export async function runHook(
  name: string,
  stdin: string | Buffer,
  start: HookStart,
): Promise<HookRun> {
  const child = await startHook(name, start);
  // A hook that ends without reading everything leaves an EPIPE behind.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return outcome(child);
}

/** A hook whose pipes the test works itself. */
export async function startHook(
  name: string,
  { env, cwd, obeysModes = false }: HookStart,
): Promise<ChildProcessWithoutNullStreams> {
  const hook = [process.execPath, `${await builtHooks()}/hooks/${name}.cjs`];
  const [file = '', ...args] = obeysModes ? obeyingModes(hook) : hook;
  return spawn(file, args, { cwd, env: { ...env } });
}

/** A command for which file modes hold, although the tests may run as root. */
export function obeyingModes(words: readonly string[]): readonly string[] {
  return process.getuid?.() === 0 ? ['setpriv', ...withoutPower, ...words] : words;
}

/** What makes root an owner like any other. */
const withoutPower = ['bounding-set', 'inh-caps'].map(
  (set) => `--${set}=-dac_override,-dac_read_search`,
);

export async function outcome(child: ChildProcessWithoutNullStreams): Promise<HookRun> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (bytes) => stdout.push(bytes));
  child.stderr.on('data', (bytes) => stderr.push(bytes));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return {
    exitCode,
    stdout: Buffer.concat(stdout).toString(),
    stderr: Buffer.concat(stderr).toString(),
  };
}

/** Reads what a hook printed as Claude Code does: nothing, or one JSON object in its shapes. */
export function readSaid({ exitCode, stdout, stderr }: HookRun): HookSaid {
  if (exitCode !== 0 || stderr !== '') throw new Error(`ended with ${exitCode}: ${stderr}`);
  if (stdout === '') return {};
  const { systemMessage, hookSpecificOutput: specific = {}, ...rest } = JSON.parse(stdout);
  const { hookEventName: _, additionalContext, decision, ...decided } = specific;
  const { permissionDecision, permissionDecisionReason, updatedInput, ...more } = decided;
  const unknown = [...Object.keys(rest), ...Object.keys(more)];
  if (unknown.length > 0) throw new Error(`unknown in a hook's output: ${unknown.join()}`);
  if (permissionDecision !== undefined && permissionDecision !== 'deny') {
    throw new Error(`unknown decision ${permissionDecision}`);
  }
  return {
    ...(systemMessage === undefined ? {} : { systemMessage }),
    ...(additionalContext === undefined ? {} : { context: additionalContext }),
    ...(updatedInput === undefined ? {} : { updatedInput }),
    ...(permissionDecision === undefined ? {} : { deny: permissionDecisionReason }),
    ...(decision?.behavior === 'deny' ? { deny: decision.message } : {}),
    ...(decision?.behavior === 'allow' ? { allows: true } : {}),
  };
}
