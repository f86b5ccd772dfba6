import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';

/** Runs a docket command with --json and gives its data; throws when the command fails. */
export type Docket = (...argv: readonly string[]) => Promise<unknown>;

/** One command whose cost is held, and what a list must hold before it is run. */
export interface Verb {
  readonly name: string;
  readonly kind: 'look' | 'write' | 'plan of 10' | 'plan of 100';
  /** Prepares the list, and gives the command line to measure. */
  prepare(docket: Docket): Promise<readonly string[]>;
}

const OneTask = z.object({ task: z.object({ key: z.string() }) });
const OneInsight = z.object({ insight: z.object({ id: z.string() }) });
const OnePlan = z.extend(OneTask, { subtasks: z.array(z.object({ key: z.string() })) });

const done = JSON.stringify({ status: 'completed', outcome: 'Login works' });

async function createTask(docket: Docket, ...flags: readonly string[]): Promise<string> {
  return z.parse(OneTask, await docket('create', 'Fix the login', ...flags)).task.key;
}

async function createPlan(docket: Docket): Promise<{ root: string; first: string }> {
  const { task, subtasks } = z.parse(OnePlan, await docket('plan', markdownPlan(4)));
  return { root: task.key, first: subtasks[0]?.key ?? '' };
}

async function createSubtask(docket: Docket): Promise<string> {
  return (await createPlan(docket)).first;
}

function markdownPlan(steps: number): string {
  const items = Array.from({ length: steps }, (_, index) => `- [ ] Step ${index + 1}`);
  return ['# Add dark mode', ...items].join('\n');
}

/** What looks at a list that has a plan under way, a blocked task, a report and ready tasks. */
const looks: readonly Verb[] = [
  ['list'],
  ['ready'],
  ['show', 'KEY'],
  ['recap'],
  ['stats'],
  ['search', 'login'],
  ['checklist', 'KEY'],
  ['log', '--limit', '1000'],
  ['runs', 'KEY'],
  ['billing'],
].map(look);

function look(argv: readonly string[]): Verb {
  return {
    name: argv[0] ?? '',
    kind: 'look',
    prepare: async (docket) => {
      const { root, first } = await createPlan(docket);
      await docket('claim', first);
      await docket('report', first, done);
      await docket('block', await createTask(docket), 'waits for the vendor');
      await createTask(docket);
      return argv.map((word) => (word === 'KEY' ? root : word));
    },
  };
}

/** What looks back; it asks for no more than a task. */
const pasts: readonly Verb[] = [
  {
    name: 'history',
    kind: 'look',
    prepare: async (docket) => ['history', await createTask(docket)],
  },
  { name: 'at', kind: 'look', prepare: async () => ['at', 'now', 'list'] },
  { name: 'diff', kind: 'look', prepare: async () => ['diff', 'now'] },
];

/** What writes to one task, by itself or in a plan that has not begun. */
function taskVerbs(suffix: string, create: (docket: Docket) => Promise<string>): readonly Verb[] {
  const verb = (
    name: string,
    argv: (key: string) => readonly string[],
    before: readonly ((key: string) => readonly string[])[] = [],
  ): Verb => ({
    name: `${name}${suffix}`,
    kind: 'write',
    prepare: async (docket) => {
      const key = await create(docket);
      for (const step of before) await docket(...step(key));
      return argv(key);
    },
  });
  const claim = (key: string) => ['claim', key];
  const block = (key: string) => ['block', key, 'waits for the vendor'];
  return [
    verb('claim', claim),
    verb('start', (key) => ['start', key]),
    verb('note', (key) => ['note', key, 'halfway'], [claim]),
    verb('block', block, [claim]),
    verb('unblock', (key) => ['unblock', key], [claim, block]),
    verb('release', (key) => ['release', key], [claim]),
    verb('report', (key) => ['report', key, done], [claim]),
    verb('close', (key) => ['close', key, '--outcome', 'Login works'], [claim]),
    verb('cancel', (key) => ['cancel', key]),
    verb('reopen', (key) => ['reopen', key], [(key) => ['close', key]]),
    verb('update', (key) => ['update', key, '--title', 'Mend the login']),
    verb('update --status', (key) => ['update', key, '--status', 'pending'], [claim, block]),
  ];
}

/** What changes several tasks together, named by their whole keys. */
const several: readonly Verb[] = ['claim', 'close'].map((verb) => ({
  name: `${verb}, of three`,
  kind: 'write',
  prepare: async (docket) => {
    const keys = [await createTask(docket), await createTask(docket), await createTask(docket)];
    if (verb === 'close') await docket('claim', ...keys);
    return [verb, ...keys];
  },
}));

const moves: readonly Verb[] = [
  {
    name: 'update --parent',
    kind: 'write',
    prepare: async (docket) => {
      const { first } = await createPlan(docket);
      return ['update', first, '--parent', (await createPlan(docket)).root];
    },
  },
];

const links: readonly Verb[] = [
  {
    name: 'link',
    kind: 'write',
    prepare: async (docket) => ['link', await createTask(docket), await createTask(docket)],
  },
  {
    name: 'link, in a plan',
    kind: 'write',
    prepare: async (docket) => ['link', await createSubtask(docket), await createTask(docket)],
  },
  {
    name: 'unlink',
    kind: 'write',
    prepare: async (docket) => {
      const needed = await createTask(docket);
      return ['unlink', await createTask(docket, '--needs', needed), needed];
    },
  },
];

const creations: readonly Verb[] = [
  { name: 'create', kind: 'write', prepare: async () => ['create', 'Fix the login'] },
  {
    name: 'create, in a plan',
    kind: 'write',
    prepare: async (docket) => [
      'create',
      'Write the styles',
      '--parent',
      (await createPlan(docket)).root,
    ],
  },
  {
    name: 'create --needs',
    kind: 'write',
    prepare: async (docket) => ['create', 'Fix the login', '--needs', await createTask(docket)],
  },
  {
    name: 'claim --next',
    kind: 'write',
    prepare: async (docket) => {
      await createTask(docket);
      return ['claim', '--next'];
    },
  },
];

const plans: readonly Verb[] = [10, 100].flatMap((steps): Verb[] => {
  const kind = steps === 10 ? 'plan of 10' : 'plan of 100';
  return [
    { name: kind, kind, prepare: async () => ['plan', markdownPlan(steps)] },
    {
      name: `${kind}, in any order`,
      kind,
      prepare: async () => ['plan', markdownPlan(steps), '--any-order'],
    },
  ];
});

/** Registers an entry and gives its name, which no other has: a verb may be prepared repeatedly. */
async function register(docket: Docket, noun: string): Promise<string> {
  const name = `${noun} ${randomUUID()}`;
  await docket(noun, 'add', name);
  return name;
}

/** What looks at things of a kind, one of which is made first: `make` gives its name. */
function looksAt(noun: string, make: (docket: Docket) => Promise<string>): readonly Verb[] {
  return [
    {
      name: `${noun} list`,
      kind: 'look',
      prepare: async (docket) => {
        await make(docket);
        return [noun, 'list'];
      },
    },
    {
      name: `${noun} show`,
      kind: 'look',
      prepare: async (docket) => [noun, 'show', await make(docket)],
    },
  ];
}

const entries: readonly Verb[] = ['client', 'project', 'infra'].flatMap((noun) =>
  looksAt(noun, (docket) => register(docket, noun)),
);

async function createInsight(docket: Docket): Promise<string> {
  const about = ['--client', await register(docket, 'client')];
  const answer = await docket('insight', 'add', 'Its clock drifts', ...about);
  return z.parse(OneInsight, answer).insight.id;
}

const insights: readonly Verb[] = [
  ...looksAt('insight', createInsight),
  {
    name: 'insight add',
    kind: 'write',
    prepare: async (docket) => {
      const client = await register(docket, 'client');
      return ['insight', 'add', 'Its clock drifts', '--client', client];
    },
  },
  {
    name: 'insight update',
    kind: 'write',
    prepare: async (docket) => [
      'insight',
      'update',
      await createInsight(docket),
      'Its clock drifts by 2 s a day',
    ],
  },
  {
    name: 'insight archive',
    kind: 'write',
    prepare: async (docket) => ['insight', 'archive', await createInsight(docket)],
  },
];

async function createWorkItem(docket: Docket): Promise<string> {
  const client = await register(docket, 'client');
  const key = await createTask(docket, '--client', client, '--billable');
  await docket('close', key, '--billable-minutes', '30');
  return key;
}

/** They come last: the task that each opens again stays in progress. */
const undos: readonly Verb[] = [
  { name: 'undo', create: createTask },
  { name: 'undo, in a plan', create: createSubtask },
].map(({ name, create }) => ({
  ...{ name, kind: 'write' },
  prepare: async (docket) => {
    const key = await create(docket);
    await docket('claim', key);
    await docket('close', key, '--outcome', 'Login works');
    return ['undo'];
  },
}));

/** Every verb of a list that is not for people alone, each once. */
export const verbs: readonly Verb[] = [
  ...looks,
  ...pasts,
  ...creations,
  ...taskVerbs('', createTask),
  ...taskVerbs(', in a plan', createSubtask),
  ...several,
  ...moves,
  ...links,
  ...plans,
  ...entries,
  ...insights,
  ...looksAt('work-item', createWorkItem),
  look(['overview']),
  look(['who']),
  ...undos,
];
