import { safeLine } from '../../lib/render/text/safe-text.ts';
import type { Offered, OfferedPart, Wanted } from '../../lib/tracker/reads/offered.ts';
import { type Command, type Flag, isNoun, type Noun } from '../command/command.ts';
import { findPlace, type Place } from './line.ts';

/** The commands that there are. */
export interface Catalogue {
  readonly commands: ReadonlyMap<string, () => Promise<{ readonly command: Command | Noun }>>;
  readonly aliases: Readonly<Record<string, string>>;
}

/** The line that somebody is typing. */
export interface Typing {
  /** The words behind `docket`; the last one is not finished. */
  readonly words: readonly string[];
  /** Whether the shell takes `=` for the end of a word, as bash does. */
  readonly splitsAtEquals: boolean;
  readonly catalogue: Catalogue;
  /** Reads names of the list. */
  readonly readOffers: (wanted: Wanted) => Promise<readonly Offered[]>;
  /** Reads the project's templates. */
  readonly readTemplates: () => Promise<readonly Offered[]>;
}

/**
 * Gives what the last word of a line may become, each with what it means. It only looks, and
 * proposes no verb that ends a task, or docket, to someone who has not begun to type one.
 */
export async function complete(typing: Typing): Promise<readonly Offered[]> {
  const words = typing.splitsAtEquals ? joinEquals(typing.words) : typing.words;
  const current = words.at(-1) ?? '';
  return (await offersFor(words, typing)).filter(
    ({ name }) => name.startsWith(current) && isPlain(name),
  );
}

/** Undoes what a shell did that splits `--status=open` into three words. */
function joinEquals(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const isEquals = word === '=' && /^--[a-z-]+$/.test(words[index - 1] ?? '');
    if (!isEquals) return [word];
    return index === words.length - 1 ? [''] : [];
  });
}

/** Whether a shell takes a text as one word that means nothing else, whatever its settings are. */
function isPlain(name: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9_.,=-]*$/.test(name);
}

async function offersFor(words: readonly string[], typing: Typing): Promise<readonly Offered[]> {
  const [verb = '', second = '', ...others] = words;
  const { catalogue } = typing;
  if (words.length <= 1) return offerVerbs(verb, catalogue);
  const name = Object.hasOwn(catalogue.aliases, verb) ? (catalogue.aliases[verb] ?? '') : verb;
  const command = (await catalogue.commands.get(name)?.())?.command;
  if (command === undefined) return [];
  if (!isNoun(command)) {
    return offerAt(findPlace(command, words.slice(1)), {
      verb: name,
      current: words.at(-1) ?? '',
      typing,
    });
  }
  if (words.length === 2) {
    return Object.entries(command.verbs).map(
      ([
        each,
        {
          verb: { summary },
        },
      ]) => ({
        name: each,
        text: summary,
      }),
    );
  }
  const ofNoun = Object.hasOwn(command.verbs, second) ? command.verbs[second] : undefined;
  if (ofNoun === undefined) return [];
  const place = findPlace(ofNoun, others);
  return offerAt(place, { verb: `${name} ${second}`, current: words.at(-1) ?? '', typing });
}

/** The verbs that end something: whoever means one begins to type it. */
const endings: ReadonlySet<string> = new Set(['close', 'cancel', 'uninstall']);

async function offerVerbs(
  begun: string,
  { commands, aliases }: Catalogue,
): Promise<readonly Offered[]> {
  const names =
    begun === ''
      ? [...commands.keys()].filter((name) => !endings.has(name))
      : [...commands.keys(), ...Object.keys(aliases)].filter((name) => name.startsWith(begun));
  return Promise.all(
    names.map(async (name) => {
      const command = (await commands.get(aliases[name] ?? name)?.())?.command;
      if (command === undefined) return { name, text: '' };
      return { name, text: isNoun(command) ? command.summary : command.verb.summary };
    }),
  );
}

interface At {
  readonly verb: string;
  readonly current: string;
  readonly typing: Typing;
}

async function offerAt(
  place: Place | undefined,
  { verb, current, typing }: At,
): Promise<readonly Offered[]> {
  if (place === undefined) return [];
  if (place.kind === 'flag') {
    return Object.entries(place.flags).map(([name, { description }]) => ({
      name: `--${name}`,
      text: description,
    }));
  }
  if (place.kind === 'argument') {
    const { name, others } = place;
    const [noun = ''] = verb.split(' ');
    if (/^[a-z|]+$/.test(name)) return name.split('|').map((each) => ({ name: each, text: '' }));
    if (['KEY', 'CHILD', 'PARENT'].includes(name)) {
      const keys = await offerKeys(verb, current, typing);
      return keys.filter((each) => !others.includes(each.name));
    }
    return name === 'NAME' && !verb.endsWith(' add') ? offerEntries(noun, typing) : [];
  }
  return offerValues(place, { verb, current, typing });
}

async function offerValues(
  { name, flag, before }: Extract<Place, { kind: 'value' }>,
  { verb, current, typing }: At,
): Promise<readonly Offered[]> {
  // Of `a,b` the last part is being typed.
  const comma = flag.list ? current.lastIndexOf(',') + 1 : 0;
  const start = Math.max(comma, before.length);
  const typed = current.slice(start);
  const found = await valuesOf(name, flag, { verb, current: typed, typing });
  return found.map((each) => ({ ...each, name: `${current.slice(0, start)}${each.name}` }));
}

async function valuesOf(name: string, flag: Flag, at: At): Promise<readonly Offered[]> {
  if (flag.choices !== undefined) return flag.choices.map((each) => ({ name: each, text: '' }));
  if (flag.value === 'KEY') return offerKeys('', at.current, at.typing);
  if (name === 'template') return at.typing.readTemplates();
  return flag.value === 'NAME' ? offerEntries(name, at.typing) : [];
}

const entriesOf: ReadonlyMap<string, 'clients' | 'projects' | 'infrastructure'> = new Map([
  ['client', 'clients'],
  ['project', 'projects'],
  ['infra', 'infrastructure'],
] as const);

async function offerEntries(noun: string, { readOffers }: Typing): Promise<readonly Offered[]> {
  const entries = entriesOf.get(noun);
  return entries === undefined ? [] : readOffers({ entries });
}

const openTasks = ['in_progress', 'blocked', 'pending'] as const;
const closedTasks = ['completed', 'cancelled'] as const;

/** The tasks that a verb is for. */
function partsFor(verb: string): readonly OfferedPart[] {
  if (verb === 'claim' || verb === 'start') return [{ queue: 'ready' }];
  if (verb === 'release' || verb === 'stop') return [{ status: 'in_progress' }];
  if (verb === 'unblock') return [{ status: 'blocked' }];
  const open = openTasks.map((status) => ({ status }));
  const closed = closedTasks.map((status) => ({ status }));
  if (verb === 'reopen') return closed;
  return ['show', 'log', 'checklist', 'runs'].includes(verb) ? [...open, ...closed] : open;
}

/** Offers keys as they are typed: whole, or without the slug. */
async function offerKeys(
  verb: string,
  typed: string,
  { readOffers }: Typing,
): Promise<readonly Offered[]> {
  const found = await readOffers({ parts: partsFor(verb) });
  const whole = found.filter(({ name }) => name.startsWith(typed));
  if (whole.length > 0) return whole;
  return found.map(({ name, text }) => ({ name: name.slice(name.lastIndexOf('-') + 1), text }));
}

/** Prints offers for a shell's script: a name, a space, and one line of what it stands for. */
export function printOffers(offers: readonly Offered[]): string {
  return offers.map(({ name, text }) => `${name} ${safeLine(text, 60)}`.trimEnd()).join('\n');
}
