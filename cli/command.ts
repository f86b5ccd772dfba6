import type { Env } from '../lib/config/paths.ts';

/** A flag of a command; every command has --json, --database and --help besides. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** Shown in help for a string flag: `KEY`, `MINUTES`. */
  readonly value?: string;
  readonly choices?: readonly string[];
  readonly description: string;
}

/** What a command may use of the process it runs in. */
export interface CommandIo {
  readonly env: Env;
  readonly cwd: string;
  /** All of standard input; empty text when it is a terminal. */
  readStdin(): string;
  /** A line of progress on stderr, for what takes over a second. */
  progress(line: string): void;
}

export interface CommandInput {
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly io: CommandIo;
}

/** What a command answers: one document for `--json`, text for people. */
export interface CommandAnswer {
  readonly data: unknown;
  readonly text: string;
  /** Other than 0 for a command that ran and found something wrong (`doctor`). */
  readonly exitCode?: number;
}

/** One file a command. Commands throw DocketError; only main prints and exits. */
export interface Command {
  readonly summary: string;
  /** What follows the command's name: `KEY [--steal]`. */
  readonly usage: string;
  /** How many arguments it takes. */
  readonly args: { readonly min: number; readonly max: number };
  readonly flags: Readonly<Record<string, Flag>>;
  readonly examples: readonly string[];
  run(input: CommandInput): Promise<CommandAnswer>;
}
