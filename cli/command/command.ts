import { DocketError } from '../../lib/model/errors.ts';
import { findNearest } from '../../lib/model/nearest.ts';
import type { Verb } from '../../lib/operations/operation.ts';
import type { CommandIo } from '../terminal/io.ts';

/** A flag of a command; every command has --json, --database and --help besides. */
export interface Flag {
  readonly type: 'string' | 'boolean';
  /** Whether it may be given several times. */
  readonly multiple?: boolean;
  /** Whether it takes several values, given several times or separated by commas. */
  readonly list?: boolean;
  /** The value of a string flag as help shows it: `KEY`, `MINUTES`. */
  readonly value?: string;
  /** The values that are allowed, in the form that help shows. */
  readonly choices?: readonly string[];
  readonly description: string;
}

export type Flags = Readonly<Record<string, Flag>>;

export interface CommandInput {
  readonly args: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly io: CommandIo;
}

/** A command's answer: one document for `--json`, text for people. */
export interface CommandAnswer {
  readonly data: unknown;
  readonly text: string;
  /**
   * The lines that say what the text leaves out. Where no terminal shows it they go to stderr, so
   * that no program takes them for a part of the list, and none goes without them.
   */
  readonly rest?: readonly string[];
  /** The exit code of a command that ran and found something wrong (`doctor`); 0 by default. */
  readonly exitCode?: number;
}

/** A command, one a file. Commands throw DocketError; only main prints and exits. */
export interface Command {
  /** The verb: its name, its summary, and who may run it. */
  readonly verb: Verb;
  /** The words after the command's name: `KEY [--steal]`. */
  readonly usage: string;
  /** The number of arguments. */
  readonly args: { readonly min: number; readonly max: number };
  readonly flags: Flags;
  /** The document that it reads. */
  readonly document?: {
    readonly title: string;
    /** The meaning of each field. */
    readonly fields: Readonly<Record<string, string>>;
    /** The further fields of each type of task. */
    readonly byType?: Readonly<Record<string, readonly string[]>>;
  };
  readonly examples: readonly string[];
  run(input: CommandInput): Promise<CommandAnswer>;
}

type FlagValue<F extends Flag> = F extends { type: 'boolean' }
  ? boolean
  : F extends { multiple: true } | { list: true }
    ? readonly string[]
    : string | undefined;

/** The values of a command's own flags and of those that every command has. */
export type FlagValues<F extends Flags> = { readonly [Name in keyof F]: FlagValue<F[Name]> } & {
  readonly database: string | undefined;
  readonly json?: boolean;
};

/** Defines a command whose flags are typed by their declaration. */
export function defineCommand<const F extends Flags>(
  command: Omit<Command, 'flags' | 'run'> & {
    readonly flags: F;
    run(
      input: Omit<CommandInput, 'flags'> & { readonly flags: FlagValues<F> },
    ): Promise<CommandAnswer>;
  },
): Command {
  // The command line is parsed by the same declaration, so the values have these types.
  return command as unknown as Command;
}

/** A command that stands for a thing with verbs of its own: `docket client add`. */
export interface Noun {
  readonly summary: string;
  /** The verb of the word alone. */
  readonly alone?: string;
  readonly verbs: Readonly<Record<string, Command>>;
}

/** Loads a command's file. */
export type Load = () => Promise<{ readonly command: Command | Noun }>;

export function isNoun(command: Command | Noun): command is Noun {
  return 'verbs' in command;
}

/** Finds the verb of a noun. @throws DocketError `usage` */
export function findVerb(name: string, { verbs }: Noun, word: string | undefined): Command {
  const known = Object.keys(verbs);
  const verb = word === undefined || !Object.hasOwn(verbs, word) ? undefined : verbs[word];
  if (verb !== undefined) return verb;
  const nearest = word === undefined ? undefined : findNearest(word, known);
  const what =
    word === undefined
      ? `docket ${name} needs a verb`
      : `docket ${name} has no verb ${JSON.stringify(word)}`;
  throw new DocketError('usage', what, {
    hint:
      nearest === undefined
        ? `One of: ${known.join(', ')}; docket ${name} --help`
        : `Did you mean docket ${name} ${nearest}?`,
  });
}
