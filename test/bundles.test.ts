import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../bench/measure/whole-process.ts';
import { bulkInsertSqlite } from '../bench/seed/bulk-insert.ts';
import { prepareDatabase, seed } from '../bench/seed/seed.ts';
import {
  denyCommand,
  promptCommand,
  requireDenial,
  requireFreshList,
} from '../bench/world/hook-command.ts';
import {
  databaseOf,
  type InstalledUser,
  makeInstalledUser,
  workspace,
} from '../bench/world/installed-user.ts';
import { installationOf } from '../lib/install/installation.ts';
import { buildAll } from '../scripts/build.ts';
import { freePort } from './engines/free-port.ts';

// Times differ from machine to machine; what a hook has to load does not. So this, and no clock,
// decides whether the hooks stay fast. `npm run bench` tells what it comes to.

let base: string;
let dist: string;
let person: InstalledUser;

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'docket-bundles-'));
  dist = join(base, 'dist');
  await buildAll(dist);
  const home = join(base, 'home');
  person = makeInstalledUser(home, dist);
  await prepareDatabase({ kind: 'sqlite', path: databaseOf(home) }, workspace);
  const into = bulkInsertSqlite(databaseOf(home));
  await seed({ workspace, tasks: 100 }, into);
  await into.finish();
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

const hook = [
  ...['hooks/', 'lib/briefing/', 'lib/config/', 'lib/filesystem/', 'lib/hook-io/', 'lib/model/'],
  'lib/state/',
];
const reading = [
  ...['lib/store/errors.ts', 'lib/store/retry.ts', 'lib/store/sqlite/', 'lib/store/migrations/'],
  ...['lib/store/sql/columns.ts', 'lib/tracker/database/connect.ts', 'bundle:mysql'],
  'bundle:mysql-socket',
  'bundle:sqlite-migrate',
  'bundle:sqlite-trouble',
  'lib/tracker/database/missing-file.ts',
];
const list = [
  'bundle:freed',
  'bundle:update-file',
  'lib/render/',
  'lib/store/queries/prompt-',
  'lib/store/sql/request.ts',
  'lib/store/tables/ready.ts',
  'lib/tracker/reads/prompt-list.ts',
];
const sessions = [
  'lib/access/',
  'lib/store/sql/',
  'lib/store/tables/',
  'lib/store/queries/',
  'lib/tracker/',
];

/** `zod/mini` alone: the whole library takes 25 ms. */
const zod = ['mini/', 'v4/core/', 'v4/mini/', 'v4/locales/index.js'].map(
  (path) => `node_modules/zod/${path}`,
);

const width = 'node_modules/get-east-asian-width/';

/** The bundles by which commands reach a database. */
const drivers = [
  ...['bundle:mysql', 'bundle:mysql-socket', 'bundle:sqlite-migrate', 'bundle:sqlite-trouble'],
];

/** What a command on a list loads when it is there, and the schemas of answers, left out. */
const asked = ['bundle:edits', 'bundle:outbox', 'bundle:plain-inputs', 'left-out:'];

interface Bounds {
  /** Beginnings of the paths that it may hold. */
  readonly holds: readonly string[];
  readonly kilobytes: number;
}

const bounds: Readonly<Record<string, Bounds>> = {
  'pre-tool-use': { holds: [...hook, 'lib/render/'], kilobytes: 51 },
  'permission-request': { holds: [...hook, 'lib/render/'], kilobytes: 51 },
  'bash-command': { holds: hook, kilobytes: 47 },
  // It reads what an agent is told of its task, and renders it.
  'agent-call': { holds: [...hook, ...reading, ...sessions, 'lib/render/'], kilobytes: 145 },
  'agent-result': { holds: hook, kilobytes: 31 },
  'subagent-stop': {
    holds: [...hook, ...reading, ...sessions, 'lib/render/', 'bundle:agent-report', 'bundle:edits'],
    kilobytes: 86,
  },
  'agents-left': {
    holds: [...hook, ...reading, ...sessions, 'lib/render/', 'bundle:agent-report', 'bundle:edits'],
    kilobytes: 84,
  },
  // Zod checks the report, which the hook itself does not load.
  'agent-report': { holds: ['lib/', ...zod, width], kilobytes: 273 },
  // Read only when it is asked for: its tree is in lines.
  'archived-history': { holds: ['lib/model/', 'lib/store/', 'lib/tracker/'], kilobytes: 48 },
  'archived-task': { holds: ['lib/model/', 'lib/store/', 'lib/tracker/'], kilobytes: 41 },
  'subagent-start': { holds: [...hook, ...reading, ...list], kilobytes: 113 },
  'user-prompt-submit': { holds: [...hook, ...reading, ...list], kilobytes: 129 },
  heartbeat: {
    holds: [
      ...[...hook, ...reading, ...sessions, 'lib/render/', 'bundle:edits'],
      ...['lib/outbox/queue-folder.ts', 'bundle:outbox'],
    ],
    kilobytes: 90,
  },
  'session-end': {
    holds: [
      ...[...hook, ...reading, ...sessions, 'lib/render/', 'bundle:edits'],
      ...['lib/outbox/queue-folder.ts', 'bundle:outbox'],
    ],
    kilobytes: 82,
  },
  'session-start': {
    holds: [
      ...[...hook, ...reading, ...list, 'lib/access/', 'lib/store/', 'lib/tracker/'],
      ...['bundle:inherit-claims', 'bundle:tell-mode'],
      ...['lib/outbox/queue-folder.ts', 'bundle:outbox'],
    ],
    kilobytes: 164,
  },
  // What every command pays for: it finds the command and prints its answer.
  cli: {
    holds: [
      ...['cli/bin.ts', 'cli/catalogue.ts', 'cli/command/', 'cli/main.ts', 'cli/terminal/'],
      ...['cli/version.ts', 'package.json', 'bundle:cli-', 'lib/access/permissions.ts'],
      ...['lib/config/', 'lib/filesystem/', 'lib/model/', 'lib/render/text/'],
    ],
    kilobytes: 39,
  },
  'cli-list': { holds: ['cli/', 'lib/', ...drivers, ...asked, width], kilobytes: 217 },
  'cli-work': {
    holds: ['cli/', 'lib/', ...drivers, ...asked, 'bundle:archived-task', ...zod, width],
    kilobytes: 480,
  },
  // A flag of text that a command takes beside keys and switches is checked by zod.
  'plain-inputs': {
    holds: ['lib/access/', 'lib/model/', 'lib/operations/', ...zod],
    kilobytes: 93,
  },
  // What helps with any command.
  'cli-help': { holds: ['cli/'], kilobytes: 10 },
  'cli-around': {
    holds: ['cli/', 'lib/', ...drivers, 'bundle:front-matter', ...zod, width],
    kilobytes: 242,
  },
  'cli-look': {
    holds: ['cli/', 'lib/', ...drivers, ...asked, 'bundle:archived-history', width],
    kilobytes: 400,
  },
  'cli-past': {
    holds: ['cli/', 'lib/', ...drivers, ...asked, 'bundle:archived-', ...zod, width],
    kilobytes: 490,
  },
  'cli-registry': {
    holds: ['cli/', 'lib/', ...drivers, ...asked, ...zod, width],
    kilobytes: 511,
  },
  'cli-run': {
    holds: [
      ...['cli/', 'lib/', ...drivers, ...asked, 'bundle:archived-task', 'bundle:front-matter'],
      ...['package.json', 'bundle:process', ...zod, width],
    ],
    kilobytes: 762,
  },
  'cli-more': {
    holds: ['cli/', 'lib/', ...drivers, ...asked, 'bundle:archived-task', ...zod, width],
    kilobytes: 638,
  },
  'cli-moving': {
    holds: [
      ...['cli/', 'lib/', 'package.json', 'bundle:mysql', ...zod, width],
      ...['bundle:mysql-socket', 'bundle:sqlite-migrate', 'bundle:sqlite-trouble'],
      ...['bundle:front-matter', 'bundle:outbox', 'left-out:'],
    ],
    kilobytes: 548,
  },
  'cli-set-up': {
    holds: [
      ...['cli/', 'lib/', 'package.json', 'bundle:mysql', ...zod, width],
      ...['bundle:mysql-socket', 'bundle:sqlite-migrate', 'bundle:sqlite-trouble'],
      ...['bundle:update-file', 'left-out:', 'node_modules/diff/', 'node_modules/jsonc-parser/'],
    ],
    kilobytes: 642,
  },
  'cli-verify': {
    holds: [
      ...['cli/', 'lib/', 'bundle:mysql', 'bundle:mysql-socket', ...zod, width],
      ...['bundle:sqlite-migrate', 'bundle:sqlite-trouble', 'node_modules/jsonc-parser/'],
      'left-out:',
    ],
    kilobytes: 285,
  },
  'front-matter': { holds: ['lib/config/templates/', 'node_modules/yaml/'], kilobytes: 268 },
  // Most heartbeats and commands find no edit that was noted.
  // Most commands and heartbeats find nothing queued. A report that was is checked by zod.
  outbox: {
    holds: ['lib/', 'bundle:mysql', 'bundle:sqlite-migrate', 'bundle:sqlite-trouble', ...zod],
    kilobytes: 286,
  },
  edits: {
    holds: [...hook, 'lib/access/', 'lib/store/', 'lib/tracker/', 'lib/render/'],
    kilobytes: 36,
  },
  freed: { holds: ['lib/briefing/', 'lib/model/', 'lib/render/'], kilobytes: 7 },
  'inherit-claims': { holds: ['lib/model/', 'lib/store/', 'lib/tracker/'], kilobytes: 91 },
  'tell-mode': { holds: ['lib/'], kilobytes: 17 },
  mysql: {
    holds: [
      ...['lib/store/', 'lib/model/waiting.ts', 'node_modules/mysql2/', 'node_modules/@noble/'],
      ...['trimmed:', 'lazy:'],
    ],
    kilobytes: 295,
  },
  // Whether a server can be reached at all is found out before its driver is loaded.
  'mysql-socket': {
    holds: ['lib/store/errors.ts', 'lib/store/mysql/wire/'],
    kilobytes: 17,
  },
  'sqlite-migrate': {
    holds: ['lib/store/errors.ts', 'lib/store/migrations/', 'lib/store/sql/', 'lib/store/sqlite/'],
    kilobytes: 30,
  },
  'sqlite-trouble': {
    holds: [
      'lib/store/errors.ts',
      'lib/store/sql/',
      'lib/store/sqlite/',
      'lib/model/shell-word.ts',
    ],
    kilobytes: 11,
  },
  // What the start of a session does to a file that an older docket made, at a prompt.
  'update-file': { holds: [...hook, 'lib/store/', 'lib/tracker/', 'bundle:'], kilobytes: 35 },
  process: { holds: ['lib/orchestrator/agents/', 'node_modules/'], kilobytes: 286 },
};

/** What is not a hook. */
const others: ReadonlySet<string> = new Set([
  'agent-report',
  'outbox',
  'archived-history',
  'archived-task',
  ...['cli', 'cli-around', 'cli-help', 'cli-list', 'cli-look', 'cli-more', 'cli-moving'],
  ...['cli-past', 'cli-registry', 'cli-run', 'cli-set-up', 'cli-verify', 'cli-work'],
  'edits',
  'freed',
  'front-matter',
  'inherit-claims',
  'mysql',
  'mysql-socket',
  'plain-inputs',
  'process',
  'sqlite-migrate',
  'sqlite-trouble',
  'update-file',
]);

/** What the build says that a bundle is made of. */
function metafile(bundle: string): { inputs: Record<string, number>; imports: readonly string[] } {
  return JSON.parse(readFileSync(join(dist, 'metafile', `${bundle}.json`), 'utf8'));
}

test('every bundle has bounds', () => {
  const bundles = readdirSync(join(dist, 'code')).map((name) => name.replace('.js', ''));
  expect(bundles.sort()).toEqual(Object.keys(bounds).sort());
});

test.each(Object.entries(bounds))('%s holds what it needs and nothing else', (name, { holds }) => {
  const inputs = Object.keys(metafile(name).inputs);
  expect(inputs.filter((path) => !holds.some((start) => path.startsWith(start)))).toEqual([]);
});

test.each(Object.entries(bounds))('%s stays small', (name, { kilobytes }) => {
  const { length } = readFileSync(join(dist, 'code', `${name}.js`));
  expect(length).toBeLessThan(kilobytes * 1_000);
});

/** What a bundle on a hot path has no use for, by the beginnings of paths. */
const foreign = {
  cli: ['lib/operations/', 'lib/outbox/', 'lib/state/', 'lib/store/', 'lib/tracker/'],
  'cli-list': [
    ...['lib/model/answers/', 'lib/model/billing/', 'lib/model/checklist/', 'lib/model/report/'],
    ...['lib/tracker/derive/', 'lib/tracker/tasks/', 'lib/tracker/reads/detail.ts'],
    ...['lib/tracker/billing/', 'lib/tracker/insights/'],
  ],
  'user-prompt-submit': [
    ...['lib/access/', 'lib/model/answers/', 'lib/operations/', 'lib/outbox/', 'lib/store/mysql/'],
    ...['lib/store/sqlite/migrate.ts', 'lib/store/sqlite/trouble.ts', 'lib/tracker/derive/'],
    ...['lib/tracker/transaction/', 'lib/tracker/write/', 'lib/tracker/view/'],
  ],
} as const;

test.each(Object.entries(foreign))('%s holds nothing that is not on its path', (name, starts) => {
  const inputs = Object.keys(metafile(name).inputs);
  expect(inputs.filter((path) => starts.some((start) => path.startsWith(start)))).toEqual([]);
});

test.each(['cli', 'cli-help', 'cli-list', 'cli-look'])('%s is free of zod', (name) => {
  const inputs = Object.keys(metafile(name).inputs);
  expect(inputs.filter((path) => path.includes('node_modules/zod/'))).toEqual([]);
});

test('execa is in the bundle that starts processes, and in no other', () => {
  const holders = Object.keys(bounds).filter((name) =>
    Object.keys(metafile(name).inputs).some((path) => path.includes('node_modules/execa/')),
  );
  expect(holders).toEqual(['process']);
});

test('the bundle that starts processes starts one', async () => {
  const { runProcess } = loadBundle('process');
  const end = await runProcess({
    command: ['sh', '-c', 'cat; echo told >&2; exit 3'],
    cwd: base,
    env: { PATH: process.env.PATH ?? '' },
    stdin: 'a word',
    signal: new AbortController().signal,
  });
  expect(end).toEqual({ code: 3, stdout: 'a word', stderr: 'told\n' });
});

/** As the CLI does. */
function loadBundle(name: 'process'): typeof import('../lib/orchestrator/agents/start-process.ts') {
  const code = readFileSync(join(dist, 'code', `${name}.js`), 'latin1');
  const module = { exports: {} as ReturnType<typeof loadBundle> };
  const require = createRequire(import.meta.url);
  new Script(code).runInThisContext()(module.exports, module, require);
  return module.exports;
}

test.each(Object.keys(bounds).filter((name) => !others.has(name)))(
  'the hook %s is free of packages',
  (name) => {
    const { inputs, imports } = metafile(name);
    expect(Object.keys(inputs).filter((path) => path.includes('node_modules'))).toEqual([]);
    expect(imports.filter((path) => !path.startsWith('node:'))).toEqual([]);
  },
);

/** Node's own modules that a hook loads and a process that does nothing does not. */
function loadedBy(command: Command, check: (stdout: string) => void): readonly string[] {
  const preload = join(base, 'preload.cjs');
  const loaded = join(base, 'loaded.json');
  writeFileSync(
    preload,
    `const before = new Set(process.moduleLoadList);
    process.on('exit', () => {
      const loaded = process.moduleLoadList.filter((name) => !before.has(name));
      require('node:fs').writeFileSync(${JSON.stringify(loaded)}, JSON.stringify(loaded));
    });`,
  );
  // The launcher takes NODE_OPTIONS away, so the installation's own Node.js preloads.
  const node = join(command.env.HOME ?? '', '.local/share/docket/current/node');
  const real = realpathSync(node);
  rmSync(node);
  writeFileSync(node, `#!/bin/sh\nexec '${real}' --require '${preload}' "$@"\n`, { mode: 0o755 });
  const { stdout } = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: command.env,
    input: command.input,
    encoding: 'utf8',
  });
  rmSync(node);
  symlinkSync(real, node);
  check(stdout);
  return (JSON.parse(readFileSync(loaded, 'utf8')) as string[])
    .filter((name) => name.startsWith('NativeModule '))
    .map((name) => name.slice('NativeModule '.length))
    .sort();
}

test('the prompt hook loads SQLite and no network, crypto or streams', () => {
  // vm is what loads the bundle.
  expect(loadedBy(promptCommand(person, 'first'), requireFreshList)).toEqual(['sqlite', 'vm']);
});

test.each(['list', 'ready', 'overview', 'show web-00000'])(
  'docket %s loads SQLite and no network, crypto, terminal or streams',
  (verb) => {
    const list = {
      ...promptCommand(person, 'second'),
      ...{ file: person.command, args: verb.split(' '), input: '' },
    };
    const loaded = loadedBy(list, (stdout) => expect(stdout).toContain('web-'));
    expect(loaded).toContain('sqlite');
    expect(loaded.filter((name) => /crypto|net|stream|tty|child/.test(name))).toEqual([]);
  },
);

test('the deny hook loads no more than what loads its bundle', () => {
  expect(loadedBy(denyCommand(person), requireDenial)).toEqual(['vm']);
});

test('the prompt hook whose connection is refused loads net, and no driver', async () => {
  const port = await freePort();
  const away = makeInstalledUser(join(base, 'away'), dist, {
    url: `mysql://127.0.0.1:${port}/tasks`,
    login: {
      ...{ kind: 'mysql', host: '127.0.0.1', port, database: 'tasks', tls: 'off' },
      ...{ user: 'alice', password: '' },
    },
  });
  const driver = join(installationOf(away.env).current, 'code/mysql.js');
  writeFileSync(driver, "throw new Error('the driver was loaded')");
  const refused = loadedBy(promptCommand(away, 'first'), (stdout) => {
    expect(JSON.parse(stdout).systemMessage).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
  });
  expect(refused).toContain('net');
  for (const dear of ['crypto', 'dns', 'internal/dns/promises', 'sqlite', 'tls', 'zlib']) {
    expect(refused).not.toContain(dear);
  }
});

test('tasks are shown and claimed without zod', () => {
  const without = join(base, 'without-zod');
  cpSync(dist, without, { recursive: true });
  const bundle = join(without, 'code/cli-work.js');
  const begin = '"node_modules/zod/v4/core/core.js"() {';
  const code = readFileSync(bundle, 'latin1');
  expect(code).toContain(begin);
  writeFileSync(
    bundle,
    code.replace(begin, `${begin} throw new Error('zod was loaded');`),
    'latin1',
  );
  const docket = (...argv: readonly string[]) => {
    const { cwd, env } = promptCommand(person, 'first');
    const command = [join(without, 'docket.cjs'), ...argv];
    return spawnSync(process.execPath, command, { cwd, env, encoding: 'utf8' }).stderr;
  };
  const shown = [
    ['show', 'none'],
    ['claim', 'none'],
    ['release', 'none'],
  ];
  expect(shown.map((argv) => docket(...argv)).join('')).not.toContain('zod was loaded');
  expect(docket('note', 'none', 'text')).toContain('zod was loaded');
});

test('a flag of text beside a key is checked, though its schema is loaded late', () => {
  const { cwd, env } = promptCommand(person, 'first');
  const run = (...argv: readonly string[]) =>
    spawnSync(process.execPath, [join(dist, 'docket.cjs'), ...argv], {
      cwd,
      env,
      encoding: 'utf8',
    });
  const { stderr, status } = run('claim', 'none', '--agent', 'x'.repeat(1_000));
  expect(stderr).toContain('agent');
  expect(status).toBe(2);
});

test('the built command sets a project up and takes itself out again', () => {
  const home = mkdtempSync(join(base, 'setting-up-'));
  const project = join(home, 'web');
  mkdirSync(project);
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [join(dist, 'docket.cjs'), ...args], {
      cwd: project,
      encoding: 'utf8',
      env: { HOME: home, PATH: process.env.PATH },
    });
  spawnSync('git', ['init', '--quiet'], { cwd: project });
  const settings = join(project, '.claude/settings.json');
  mkdirSync(join(project, '.claude'));
  writeFileSync(settings, '{\n  "model": "opus"\n}\n');
  expect(run('init')).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(settings, 'utf8')).toContain('"UserPromptSubmit"');
  expect(run('uninstall')).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(settings, 'utf8')).toBe('{\n  "model": "opus"\n}\n');
});
