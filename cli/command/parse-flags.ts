import { parseArgs } from 'node:util';
import { DocketError } from '../../lib/model/errors.ts';
import { findNearest } from '../../lib/model/nearest.ts';
import type { Command, CommandInput, Flag, Flags } from './command.ts';

/** The flags of every command. */
export const commonFlags = {
  json: { type: 'boolean', description: 'answer one JSON document' },
  database: { type: 'string', value: 'URL', description: 'use another database' },
  help: { type: 'boolean', description: 'show this' },
} as const satisfies Flags;

/** The short forms of flags: each means the same in every command that has the flag. */
export const shortForms: ReadonlyMap<string, string> = new Map([
  ['help', 'h'],
  ['priority', 'p'],
  ['type', 't'],
  ['description', 'd'],
]);

/**
 * The flags of every command that help does not show. A hook names the subagent whose command it
 * is: docket's hook `bash-command` writes it.
 */
const hiddenFlags = { 'as-agent': { type: 'string', description: '' } } as const satisfies Flags;

/** The part of a command that says how its command line is read. */
type Syntax = Pick<Command, 'args' | 'flags' | 'usage'>;
type Parsed = Pick<CommandInput, 'args' | 'flags'>;

// No argument of a process can hold a NUL, so it can mark text that begins with `-`.
const textMark = '\0';

/**
 * Parses the words after a command's name. Text such as `- item` or `-5` is an argument, not a
 * flag.
 *
 * @throws DocketError `usage`
 */
export function parseFlags(name: string, command: Syntax, argv: readonly string[]): Parsed {
  const shown: Flags = { ...commonFlags, ...command.flags };
  const known: Flags = { ...shown, ...hiddenFlags };
  const { tokens } = parseArgs({
    args: argv.map((word) => (/^-[^-a-z]/i.test(word) ? textMark + word : word)),
    options: Object.fromEntries(
      Object.entries(known).map(([flag, { type }]) => {
        const short = shortForms.get(flag);
        return [flag, { type, ...(short === undefined ? {} : { short }) }];
      }),
    ),
    strict: false,
    tokens: true,
  });
  const args: string[] = [];
  const mentions = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(unmark(token.value));
    if (token.kind !== 'option') continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) throw unknownFlag(name, token.rawName, Object.keys(shown));
    const value = readValues(flag, token, Object.keys(known));
    // A hook's flag stands first; who writes the command gives no other name.
    if (Object.hasOwn(hiddenFlags, token.name) && mentions.has(token.name)) continue;
    mentions.set(token.name, [...(mentions.get(token.name) ?? []), ...value]);
  }
  const flags = Object.fromEntries(
    Object.entries(known).map(([flag, kind]) => [flag, valueFor(kind, mentions.get(flag))]),
  );
  if (!mentions.has('help')) requireArgs(name, command, args);
  return { args, flags };
}

function unmark(text: string): string {
  return text.startsWith(textMark) ? text.slice(textMark.length) : text;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

/** Reads the values of one mention of a flag. */
function readValues(
  flag: Flag,
  { name, rawName, value, inlineValue }: OptionToken,
  known: readonly string[],
): readonly string[] {
  if (flag.type === 'boolean') {
    if (value === undefined) return [''];
    throw usageError(`${rawName} takes no value`);
  }
  // In `--parent --json` the value was forgotten.
  const isFlag = !inlineValue && known.some((each) => namesFlag(value, each));
  if (value === undefined || isFlag) {
    const wanted = flag.value ?? 'VALUE';
    const withDash = `--${name}=${wanted} where it begins with --`;
    throw usageError(`${rawName} needs a value`, `${rawName} ${wanted}, or ${withDash}`);
  }
  // In `-p=1` the sign belongs to neither.
  const isJoined = inlineValue && rawName !== `--${name}`;
  const text = unmark(isJoined ? value.replace(/^=/, '') : value);
  const values = flag.list ? text.split(',').map((part) => part.trim()) : [text];
  const { choices } = flag;
  const wrong = choices && values.find((part) => !choices.includes(part));
  if (choices === undefined || wrong === undefined) return values;
  throw usageError(
    `${rawName}: ${JSON.stringify(wrong)} is not allowed`,
    `One of: ${choices.join(', ')}`,
  );
}

function namesFlag(word: string | undefined, flag: string): boolean {
  return word === `--${flag}` || (shortForms.has(flag) && word === `-${shortForms.get(flag)}`);
}

function valueFor(flag: Flag, values: readonly string[] | undefined) {
  if (flag.type === 'boolean') return values !== undefined;
  return flag.multiple || flag.list ? (values ?? []) : values?.at(-1);
}

/** How text is told from flags. */
const afterDashes = 'Text that begins with - goes after --';

function unknownFlag(name: string, flag: string, known: readonly string[]): DocketError {
  const nearest = findNearest(flag.replace(/^-+/, ''), known);
  const next = nearest === undefined ? `docket ${name} --help.` : `Did you mean --${nearest}?`;
  return usageError(`docket ${name} has no flag ${flag}`, `${next} ${afterDashes}`);
}

function requireArgs(name: string, { args: { min, max }, usage }: Syntax, args: readonly string[]) {
  const hint = `docket ${name} ${usage}`.trim();
  if (args.length < min) {
    const missing = args.length === 0 ? 'an argument' : 'one more argument';
    throw usageError(`docket ${name} needs ${missing}`, hint);
  }
  if (args.length > max) {
    const excess = JSON.stringify(args[max]);
    throw usageError(
      `docket ${name}: unexpected argument ${excess}`,
      max === 0 ? hint : `Text with spaces needs quotes: ${hint}`,
    );
  }
}

function usageError(message: string, hint?: string): DocketError {
  return new DocketError('usage', message, { hint });
}
