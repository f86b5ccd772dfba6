import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { aliases, commands } from '../../cli/catalogue.ts';
import { type Command, isNoun } from '../../cli/command/command.ts';
import { commonFlags } from '../../cli/command/parse-flags.ts';
import { openCliHarness } from './cli-harness.ts';
import { literalsOf, mentionsIn, textOf } from './mentions.ts';

// Every text of the product that names a command names one that exists, with flags that it has.

const sources = globSync(['lib/**/*.ts', 'cli/**/*.ts', 'hooks/**/*.ts']).filter(
  (file) => !file.endsWith('.gen.ts'),
);
const documents = [
  'README.md',
  'hooks/launcher',
  'scripts/setup',
  ...globSync('{agents,docs}/*.md'),
];

/** What docket does, in sentences that begin with its name. */
const prose: ReadonlySet<string> = new Set(
  `a adds allows and asks brings came can cannot could counts did does finds for from has hook hooks
  command commands database each here notice tables work write
  imports in installation into is it itself keeps knows may needs of on only or out reads refuses
  replaces runs says still tells that the this to up waits was were when which with works would
  writes wrote`.split(/\s+/),
);

/** The commands that show a text of the library which names a flag alone. */
const flagsAlone: Readonly<Record<string, readonly string[]>> = {
  '--force': ['block', 'cancel', 'close', 'release', 'unblock', 'update'],
  '--any-order': ['run', 'plan'],
  '--set': ['plan'],
  '--once': ['plan'],
  '--limit': ['insight list', 'work-item list'],
  '--client': ['init', 'create', 'plan'],
  '--project': ['init', 'create', 'plan'],
  '--mode': ['init'],
  '--user': ['init', 'server bootstrap'],
  '--from': ['billing', 'work-item invoice', 'server bootstrap'],
  '--to': ['billing', 'work-item invoice'],
  '--reset-password': ['server bootstrap'],
  '--day': ['work-item add'],
  '--database': ['where', 'restore'],
  '--deep': ['search'],
  '--detailed': ['checklist'],
  '--summary': ['checklist'],
  '--json': ['checklist'],
  '--keep': ['backup'],
};

/** Files that start other programs, or name their commands. */
const othersFlags = /agents\/(read-)?claude-|git-status|repository\.ts|trackers\.ts/;

async function allCommands(): Promise<ReadonlyMap<string, Command>> {
  const found = new Map<string, Command>();
  for (const [name, load] of commands) {
    const { command } = await load();
    if (!isNoun(command)) found.set(name, command);
    else
      for (const [verb, each] of Object.entries(command.verbs)) found.set(`${name} ${verb}`, each);
  }
  for (const [alias, name] of Object.entries(aliases)) {
    const command = found.get(name);
    if (command !== undefined) found.set(alias, command);
  }
  return found;
}

/** What is wrong with the commands that a text names. */
function faultsIn(text: string, known: ReadonlyMap<string, Command>): readonly string[] {
  return mentionsIn(text).flatMap(({ words, flags, quote }) => {
    const [first = '', second = ''] = words;
    const command = known.get(`${first} ${second}`) ?? known.get(first);
    const isNounAlone = [...known.keys()].some((name) => name.startsWith(`${first} `));
    const isOther = first === 'X' || first === 'help' || first === '';
    if (command === undefined && !isNounAlone && !isOther) {
      return flags.length === 0 && prose.has(first) ? [] : [`no command: ${quote}`];
    }
    const candidates = command === undefined ? [...known.values()] : [command];
    const allowed = new Set([
      ...Object.keys(commonFlags),
      ...candidates.flatMap((each) => Object.keys(each.flags)),
      ...(first === '' ? ['version'] : []),
    ]);
    return flags.filter((flag) => !allowed.has(flag)).map((flag) => `no --${flag}: ${quote}`);
  });
}

test.each([
  ["docket claim KEY --steal --force, or 'docket list'", []],
  ['docket create X --parent KEY --force', ['no --force: docket create X --parent KEY --force']],
  ['docket clam KEY', ['no command: docket clam KEY']],
  ['docket work-item add X --minutes 5. Then --odd', []],
  ['docket --version', []],
  ['docket close X --outcom done', ['no --outcom: docket close X --outcom done']],
])('of %j the faults are found', async (text, faults) => {
  expect(faultsIn(text, await allCommands())).toEqual(faults);
});

test('every text that names a command names one that exists, with flags that it has', async () => {
  const known = await allCommands();
  let mentions = 0;
  const faults = [...sources, ...documents].flatMap((file) => {
    const content = readFileSync(file, 'utf8');
    const text = file.endsWith('.ts') ? textOf(content) : content;
    mentions += mentionsIn(text).length;
    return faultsIn(text, known).map((fault) => `${file}: ${fault}`);
  });
  expect(faults).toEqual([]);
  // Hundreds are there: the search finds them.
  expect(mentions).toBeGreaterThan(200);
});

test('a text names a command in the form that sessions are allowed, not what it means alone', async () => {
  const loaded = await Promise.all(
    [...commands].map(async ([name, load]) => ({ name, ...(await load()) })),
  );
  const nouns = loaded.flatMap(({ name, command }) =>
    isNoun(command) && command.alone !== undefined ? [name] : [],
  );
  expect(nouns).toContain('outbox');
  const faults = sources.flatMap((file) =>
    mentionsIn(textOf(readFileSync(file, 'utf8').replace(/^ +examples: \[[^\]]*\]/gm, '')))
      .filter(({ words: [noun = '', verb] }) => nouns.includes(noun) && verb === undefined)
      .map(({ quote }) => `${file}: ${quote}`),
  );
  expect(faults).toEqual([]);
});

test('a flag that a text of the library names alone is one of each command that shows it', async () => {
  const known = await allCommands();
  const library = sources.filter((file) => file.startsWith('lib/'));
  const alone = library.flatMap((file) =>
    literalsOf(readFileSync(file, 'utf8'))
      .filter((text) => text.includes(' ') && mentionsIn(text).length === 0)
      .flatMap((text) => text.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? [])
      .map((flag) => ({ file, flag })),
  );
  const foreign = alone.filter(({ flag }) => !Object.hasOwn(flagsAlone, flag));
  expect(foreign.filter(({ file }) => !othersFlags.test(file))).toEqual([]);
  for (const [flag, names] of Object.entries(flagsAlone)) {
    const missing = names.filter((name) => {
      const command = known.get(name);
      return !Object.hasOwn({ ...commonFlags, ...command?.flags }, flag.slice(2));
    });
    expect(missing, `${flag} is shown by commands that do not have it`).toEqual([]);
  }
});

test('what is refused because another holds the task names a way that the command has', async () => {
  const known = await allCommands();
  const alice = openCliHarness();
  const bob = alice.with({ env: { DOCKET_SESSION: 'session-b', DOCKET_ACTOR: 'bob@two' } });
  const key = await alice.create('Task');
  await alice.text('claim', key);
  const attempts: readonly (readonly string[])[] = [
    ['block', key, '--reason', 'x'],
    ['cancel', key],
    ['close', key],
    ['release', key],
    ['claim', key],
    ['claim', key, '--steal'],
    ['update', key, '--status', 'completed'],
    ['report', key, '{"status":"completed"}'],
    ['create', 'Part', '--parent', key],
    ['plan', '- Part', '--parent', key],
  ];
  for (const [verb = '', ...rest] of attempts) {
    const { code, hint = '' } = await bob.error(verb, ...rest);
    expect(code, verb).toBe('already_claimed');
    expect(faultsIn(hint, known), verb).toEqual([]);
    const own = known.get(verb)?.flags ?? {};
    const alone = hint.replace(/docket .*/, '').match(/--[a-z-]+/g) ?? [];
    expect(
      alone.filter((flag) => !Object.hasOwn(own, flag.slice(2))),
      verb,
    ).toEqual([]);
  }
});
