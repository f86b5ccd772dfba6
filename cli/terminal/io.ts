import type { OpenList } from '../../lib/access/list-context.ts';
import type { Env } from '../../lib/config/paths.ts';
import type { OutputStyle } from '../../lib/render/text/style.ts';
import type { Terminal } from './terminal.ts';

/** A text that a person is to write. */
export interface EditRequest {
  /** A word for the text: `note`. */
  readonly name: string;
  /** The text to begin with. */
  readonly text: string;
  /** Lines that say what it is about, which do not become a part of it. */
  readonly about: readonly string[];
}

/** The parts of its process that a command may use. */
export interface CommandIo {
  readonly env: Env;
  /** The folder that it runs in; undefined when that was removed meanwhile. */
  readonly cwd: string | undefined;
  /** Whether a person sits at a terminal, as by default: one of the standard streams is one. */
  isTerminal?(): boolean;
  /** The style of text for people. */
  readonly style: OutputStyle;
  /** Reads all of standard input, and says when it waits for it. */
  readStdin(): Promise<string>;
  /** Refuses arguments that are not UTF-8, where it can tell. @throws DocketError `invalid_input` */
  requireUtf8?(argv: readonly string[]): void;
  /** Prints a part of an output that is too long to keep; what is missing prints at the end. */
  print?(text: string): void;
  /** Prints a line on stderr: progress of what takes over a second, or a remark. */
  progress(line: string): void;
  /**
   * Opens the terminal behind stderr to paint progress on again and again; undefined where it is
   * none, or where nobody is said to watch.
   */
  live?(): Promise<Terminal | undefined>;
  /** Opens the terminal to paint it again and again; undefined where standard output is none. */
  terminal?(): Promise<Terminal | undefined>;
  /** Whether the command is run again and again for a person who may be away. */
  readonly isWatching?: boolean;

  /**
   * Looks at the list as it was, which `docket at` asks for. Undefined: at the list as it is.
   */
  past?<Answer>(list: OpenList, look: (list: OpenList) => Promise<Answer>): Promise<Answer>;

  /** Whether a person can use an editor: standard input and output are a terminal. */
  canEdit?(): boolean;
  /** Lets the person write a text. @throws DocketError `usage` when the editor fails, or no text */
  edit?(request: EditRequest): Promise<string>;
  /**
   * Gives a signal that is aborted when the person, or the system, asks the command to stop. Asked
   * a second time, the command ends at once.
   */
  interruption?(): AbortSignal;
}

/** The output of a run of docket that is left to print, and its exit code. */
export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}
