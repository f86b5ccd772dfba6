import type { OwnStart } from '../parts/own-launcher.ts';
import { type ProcessOptions, type ProcessRun, runProcess } from '../parts/run-process.ts';

/** The outcome of a hook that was started as Claude Code starts it. */
export type HookRun = ProcessRun;

interface RunOptions extends Pick<ProcessOptions, 'folder' | 'env' | 'signal'> {
  /** The seconds that the entry grants. */
  readonly timeout: unknown;
  readonly input: unknown;
}

/** Claude Code's own default for a hook without `timeout`, in seconds; doctor waits no longer. */
const longestTimeout = 30;

/** Starts docket's launcher as Claude Code does. */
export function runHookEntry(
  start: OwnStart,
  { input, timeout, ...options }: RunOptions,
): Promise<HookRun> {
  const seconds = typeof timeout === 'number' ? Math.min(timeout, longestTimeout) : longestTimeout;
  return runProcess(start, { ...options, seconds, stdin: JSON.stringify(input) });
}
