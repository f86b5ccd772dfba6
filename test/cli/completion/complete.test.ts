import { expect, test } from 'vitest';
import { aliases, commands } from '../../../cli/catalogue.ts';
import { complete } from '../../../cli/completion/complete.ts';
import type { Wanted } from '../../../lib/tracker/reads/offered.ts';

const tasks = [
  { name: 'web-k3f9', text: 'Fix the login' },
  { name: 'web-k3f9.2', text: 'Test it' },
  { name: 'web-9zk2', text: 'Other' },
];
const clients = [{ name: 'acme', text: 'Acme Corp' }];

interface Asked {
  readonly names: readonly string[];
  readonly wanted: readonly Wanted[];
}

/** What is offered for the words of a line, and what was asked of the list for it. */
async function typed(words: readonly string[], splitsAtEquals = false): Promise<Asked> {
  const wanted: Wanted[] = [];
  const offers = await complete({
    words,
    splitsAtEquals,
    catalogue: { commands, aliases },
    readOffers: async (each) => {
      wanted.push(each);
      return 'entries' in each ? clients : tasks;
    },
    readTemplates: async () => [{ name: 'backup-check', text: 'Check the backups' }],
  });
  return { names: offers.map(({ name }) => name), wanted };
}

async function offered(...words: readonly string[]): Promise<readonly string[]> {
  return (await typed(words)).names;
}

test('verbs and their other names are offered as they are begun', async () => {
  expect(await offered('cl')).toEqual(['claim', 'close', 'client']);
  expect(await offered('do')).toEqual(['doctor', 'done']);
  expect(await offered('client', 'a')).toEqual(['add', 'archive']);
  expect(await offered('nonsense', '')).toEqual([]);
  expect(await offered('constructor', '')).toEqual([]);
});

test('before a verb is begun none is offered that ends a task or docket', async () => {
  const names = await offered('');
  for (const name of ['list', 'ready', 'show', 'create', 'claim']) expect(names).toContain(name);
  for (const name of ['close', 'done', 'complete', 'cancel', 'uninstall']) {
    expect(names).not.toContain(name);
  }
});

test('flags are offered once, but for those that are repeated', async () => {
  expect(await offered('create', 'Title', '--pri')).toEqual(['--priority']);
  expect(await offered('create', 'Title', '-p', '1', '--pri')).toEqual([]);
  expect(await offered('create', 'Title', '--needs', 'web-k3f9', '--nee')).toEqual(['--needs']);
  expect(await offered('close', '--follow-up', 'A', '--follow')).toEqual(['--follow-up']);
  expect(await offered('close', '--as-ag')).toEqual([]);
  expect(await offered('create', '--', '-')).toEqual([]);
});

test('the values of flags are offered: choices, keys, and names of the registry', async () => {
  expect(await offered('create', 'T', '--type', 'b')).toEqual(['bugfix']);
  expect(await offered('create', 'T', '-t', 'b')).toEqual(['bugfix']);
  expect(await offered('create', 'T', '--type=b')).toEqual(['--type=bugfix']);
  expect(await offered('create', 'T', '--parent', '')).toEqual(tasks.map(({ name }) => name));
  expect(await offered('create', 'T', '--needs', 'web-k3f9,web-9')).toEqual(['web-k3f9,web-9zk2']);
  expect(await offered('create', 'T', '--client', '')).toEqual(['acme']);
  expect(await offered('client', 'show', '')).toEqual(['acme']);
  expect(await offered('client', 'add', '')).toEqual([]);
  expect(await offered('create', 'T', '--description', '')).toEqual([]);
});

test('in bash a value after = is offered alone, as the shell has split the word there', async () => {
  expect((await typed(['create', 'T', '--type', '=', 'b'], true)).names).toEqual(['bugfix']);
  expect((await typed(['create', 'T', '--type', '='], true)).names).toContain('bugfix');
  expect((await typed(['create', '--type', '=', 'bugfix', '--pri'], true)).names).toEqual([
    '--priority',
  ]);
});

test('keys are offered whole or without the slug, each once', async () => {
  expect(await offered('show', '')).toEqual(['web-k3f9', 'web-k3f9.2', 'web-9zk2']);
  expect(await offered('show', 'web-k3f9.')).toEqual(['web-k3f9.2']);
  expect(await offered('show', '9z')).toEqual(['9zk2']);
  expect(await offered('close', 'web-9zk2', '')).toEqual(['web-k3f9', 'web-k3f9.2']);
  expect(await offered('link', 'web-9zk2', 'web-k')).toEqual(['web-k3f9', 'web-k3f9.2']);
  expect(await offered('link', 'web-9zk2', 'web-k3f9', '')).toEqual([]);
  expect(await offered('note', 'web-9zk2', '')).toEqual([]);
  expect(await offered('create', '')).toEqual([]);
});

test.for([
  ['claim', [{ queue: 'ready' }]],
  ['start', [{ queue: 'ready' }]],
  ['unblock', [{ status: 'blocked' }]],
  ['reopen', [{ status: 'completed' }, { status: 'cancelled' }]],
  ['close', [{ status: 'in_progress' }, { status: 'blocked' }, { status: 'pending' }]],
] as const)('%s is offered the tasks that it is for', async ([verb, parts]) => {
  expect((await typed([verb, ''])).wanted).toEqual([{ parts }]);
});

test('templates are offered where one is named', async () => {
  expect(await offered('plan', '--template', '')).toEqual(['backup-check']);
  expect(await offered('plan', '--template=b')).toEqual(['--template=backup-check']);
});

test('what is no plain word is not offered', async () => {
  const hostile = ['$(id)', '`id`', 'a b', 'a;b', "a'b", 'a\nb', 'a>b', '~a', 'a*', '#a', 'a:b'];
  const offers = await complete({
    words: ['show', ''],
    splitsAtEquals: false,
    catalogue: { commands, aliases },
    readOffers: async () => hostile.map((name) => ({ name, text: 'x' })),
    readTemplates: async () => [],
  });
  expect(offers).toEqual([]);
});

test('the shells that docket completion knows are offered', async () => {
  expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
});
