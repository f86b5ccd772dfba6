import {
  type Command,
  type CommandAnswer,
  type Flag,
  type Flags,
  isNoun,
  type Noun,
} from './command/command.ts';
import { commonFlags, shortForms } from './command/parse-flags.ts';
import { summaries } from './summaries.gen.ts';

/** The other names of commands. */
type Aliases = Readonly<Record<string, string>>;

/** The commands that there are, in their groups. */
export interface Contents {
  readonly groups: readonly {
    readonly title: string;
    readonly commands: Readonly<Record<string, unknown>>;
  }[];
  readonly aliases: Aliases;
}

/** Answers `docket --help`, for which no command is loaded. */
export function overviewHelp({ groups, aliases }: Contents): CommandAnswer {
  const sections = groups.map(({ title, commands }) => {
    const lines = Object.keys(commands).flatMap((name) =>
      entryLines(name, `${summaries.get(name) ?? ''}${othersText(name, aliases)}`, 11),
    );
    return [title, ...lines].join('\n');
  });
  return helpAnswer(
    [
      'docket: the task list that all your Claude Code sessions share.',
      'docket COMMAND [--json] [--database URL]; without COMMAND: overview',
      ...sections,
      ...[
        'docket COMMAND --help shows flags and examples. docket --version shows the version.',
        'DOCKET_SESSION=NAME makes the commands of a script one worker; without it and without a terminal each is its own. DOCKET_ACTOR=NAME says who you are; else git config user.name does.',
        'Exit codes: 0 done, 1 failed, 2 usage or bad input, 3 not found, 4 conflict, 69 database away.',
      ].map((text) => fill(text, columns).join('\n')),
    ].join('\n\n'),
  );
}

export function commandHelp(name: string, command: Command, aliases: Aliases): CommandAnswer {
  return helpAnswer(
    [
      `${summaryOf(command)}${othersText(aliases[name] ?? name, aliases)}`,
      usageLines(name, command.usage),
      flagLines({ ...command.flags, ...commonFlags }),
      ...documentLines(command),
      ['Examples', ...command.examples.map((example) => `  ${example}`)].join('\n'),
    ].join('\n\n'),
  );
}

/** Lists the verbs of a noun, each with its summary. */
export function nounHelp(name: string, { summary, verbs }: Noun): CommandAnswer {
  const lines = Object.entries(verbs).flatMap(([verb, command]) =>
    entryLines(verb, summaryOf(command), 11),
  );
  const examples = Object.values(verbs).map((command) => `  ${command.examples[0] ?? ''}`);
  return helpAnswer(
    [
      summary,
      `docket ${name} VERB [--json] [--database URL]`,
      ['Verbs', ...lines].join('\n'),
      ['Examples', ...examples].join('\n'),
      `docket ${name} VERB --help shows flags and examples.`,
    ].join('\n\n'),
  );
}

/** Writes how a command is typed; what is too long for a line goes on below, indented. */
function usageLines(name: string, usage: string): string {
  const text = `docket ${name} ${usage}`.trim();
  return fill(text, columns - 2).join('\n  ');
}

function summaryOf(command: Command | Noun): string {
  return isNoun(command) ? command.summary : command.verb.summary;
}

/** Says the other names of a command: ` (also: ls)`. */
function othersText(name: string, aliases: Aliases): string {
  const others = Object.keys(aliases).filter((alias) => aliases[alias] === name);
  return others.length === 0 ? '' : ` (also: ${others.join(', ')})`;
}

function documentLines({ document }: Command): readonly string[] {
  if (document === undefined) return [];
  const { title, fields, byType = {} } = document;
  const width = Math.max(...Object.keys(fields).map((name) => name.length)) + 2;
  const lines = Object.entries(fields).flatMap(([name, text]) => entryLines(name, text, width));
  const types = Object.entries(byType).flatMap(([type, names]) =>
    entryLines(type, names.join(', '), width),
  );
  return [
    [title, ...lines].join('\n'),
    ...(types.length === 0 ? [] : [['Besides, by the type of the task', ...types].join('\n')]),
  ];
}

function helpAnswer(text: string): CommandAnswer {
  return { data: { help: text }, text };
}

function flagLines(flags: Flags): string {
  const rows = Object.entries(flags).map(([name, flag]) => {
    const short = shortForms.get(name);
    const names = `${short === undefined ? '   ' : `-${short},`} --${name}`;
    return [`${names}${flag.type === 'string' ? ` ${valueName(flag)}` : ''}`, flag] as const;
  });
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, flag]) => entryLines(left, describe(flag), width)).join('\n');
}

/** Columns of a terminal that is not made wider. */
const columns = 80;

/** Puts a text behind its name. What is too long for a line goes on below. */
function entryLines(name: string, text: string, width: number): readonly string[] {
  return fill(text, columns - 2 - width).map(
    (part, index) => `  ${(index === 0 ? name : '').padEnd(width)}${part}`,
  );
}

/** Breaks a text at words, so that each line fits. */
function fill(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const isFull = line !== '' && longer.length > width;
    if (isFull) lines.push(line);
    line = isFull ? word : longer;
  }
  return [...lines, line];
}

function valueName({ value }: Flag): string {
  return value ?? 'VALUE';
}

function describe({ description, choices, multiple, list }: Flag): string {
  const allowed = choices === undefined ? '' : `: ${choices.join(', ')}`;
  const often = list ? ' (several: commas)' : multiple ? ' (may be repeated)' : '';
  return `${description}${allowed}${often}`;
}
