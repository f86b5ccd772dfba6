import type { Command, Flag, Flags } from '../command/command.ts';
import { commonFlags, shortForms } from '../command/parse-flags.ts';

/** What stands at the place where somebody is typing. */
export type Place =
  /** A flag's name. */
  | { readonly kind: 'flag'; readonly flags: Flags }
  /** A flag's value, which follows `before` in the same word. */
  | { readonly kind: 'value'; readonly name: string; readonly flag: Flag; readonly before: string }
  /** An argument: its name in the command's usage, such as `KEY`. */
  | { readonly kind: 'argument'; readonly name: string; readonly others: readonly string[] };

/** Finds what the last of a command's words is going to be; undefined where it is free text. */
export function findPlace(
  command: Pick<Command, 'flags' | 'usage'>,
  words: readonly string[],
): Place | undefined {
  const known: Flags = { ...command.flags, ...commonFlags };
  const current = words.at(-1) ?? '';
  const args: string[] = [];
  const used = new Set<string>();
  let open: string | undefined;
  for (const word of words.slice(0, -1)) {
    if (open !== undefined) {
      open = undefined;
      continue;
    }
    if (word === '--') return undefined;
    const name = flagOf(word, known);
    if (name === undefined) args.push(word);
    else {
      used.add(name);
      const isAlone = word === `--${name}` || word === `-${shortForms.get(name)}`;
      if (isAlone && known[name]?.type === 'string') open = name;
    }
  }
  if (open !== undefined) return valuePlace(open, known, '');
  const [, joined] = /^--([a-z-]+)=/.exec(current) ?? [];
  if (joined !== undefined) return valuePlace(joined, known, `--${joined}=`);
  if (current.startsWith('-')) {
    const left = Object.entries(known).filter(
      ([name, { multiple, list }]) => multiple || list || !used.has(name),
    );
    return { kind: 'flag', flags: Object.fromEntries(left) };
  }
  const name = argumentName(command.usage, args.length);
  return name === undefined ? undefined : { kind: 'argument', name, others: args };
}

function flagOf(word: string, known: Flags): string | undefined {
  return Object.keys(known).find((name) => {
    const short = shortForms.get(name);
    return (
      word === `--${name}` ||
      word.startsWith(`--${name}=`) ||
      (short !== undefined && word.startsWith(`-${short}`))
    );
  });
}

function valuePlace(name: string, known: Flags, before: string): Place | undefined {
  const flag = Object.hasOwn(known, name) ? known[name] : undefined;
  return flag?.type === 'string' ? { kind: 'value', name, flag, before } : undefined;
}

/** Names the argument at a position as the usage does: in `CHILD PARENT [--type TYPE]`. */
function argumentName(usage: string, position: number): string | undefined {
  const words = usage.replace(/[[\]]/g, '').split(/\s+/);
  const end = words.findIndex((word) => word.startsWith('-') || word === '|');
  const names = end === -1 ? words : words.slice(0, end);
  const isRepeated = names.at(-1) === '...';
  const plain = names.filter((name) => name !== '...' && name !== '');
  return plain[position] ?? (isRepeated ? plain.at(-1) : undefined);
}
