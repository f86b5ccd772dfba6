import type { Env } from '../../lib/config/paths.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import type { LiveLines } from './live-lines.ts';

/** What a command may use of the process it runs in. */
export interface CommandIo {
  readonly env: Env;
  readonly cwd: string;
  /** How text for people is to look. */
  readonly style: OutputStyle;
  /** All of standard input; empty text when it is a terminal. */
  readStdin(): string;
  /** A line of progress on stderr, for what takes over a second. */
  progress(line: string): void;
  /** Lines on stderr that are painted again and again; undefined where it is no terminal. */
  live?(): LiveLines | undefined;
  /** Aborted when the person, or the system, asks the command to stop; asked twice, it ends at once. */
  interruption?(): AbortSignal;
}

/** What a run of docket leaves to print, and its exit code. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}
