import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationRights } from '../lib/tracker/database/migration-rights.ts';
import { freshDatabase } from './engines/database.ts';
import { mariadb } from './engines/engines.ts';
import { everydayRights } from './engines/server.ts';
import { flightLimits } from './flights/flight-limits.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = read('README.md');

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The shell blocks of a document, in the order a reader meets them. */
function blocksOf(document: string): readonly string[] {
  return [...document.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
}

const blocks = blocksOf(readme);

/** Pages that the README leads to, in an order in which one person can follow them. */
const pages = [
  'agents',
  'clients',
  'scripts',
  'history',
  'outages',
  'notify',
  'team',
  'moving',
  'backup',
].map((name) => `docs/${name}.md`);

const report = { status: 'completed', outcome: 'done', approval: 'approved' };
const end = { type: 'result', subtype: 'success', is_error: false, structured_output: report };
const agent = `#!/bin/sh\ncat >/dev/null\necho '${JSON.stringify(end)}'\n`;

const prompt = `printf '%s' '{"session_id":"a","prompt":"hello"}' | sh .claude/docket/hook user-prompt-submit`;

let base: string;
let origin: string;
let home: string;
let project: string;

/** Runs text of the README in a shell, as a person with a new home. */
function sh(text: string, folder: string): string {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(CLAUDE|DOCKET|XDG|AI_AGENT|VITEST|NODE_ENV)/.test(name),
  );
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-euc', text], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(inherited),
      HOME: home,
      PATH: `${join(home, '.local/bin')}:${process.env.PATH}`,
    },
  });
  expect(status, `${text}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-readme-')));
  home = join(base, 'home');
  project = join(home, 'code/web');
  mkdirSync(project, { recursive: true });
  execFileSync('git', ['init', '--quiet', project]);
  // The tree as it is, not only what is committed, as a repository to clone from.
  origin = join(base, 'remote/docket.git');
  mkdirSync(origin, { recursive: true });
  const copy = `git ls-files -z -co --exclude-standard | xargs -0 cp --parents -t "$0" 2>/dev/null || :`;
  execFileSync('sh', ['-c', copy, origin], { cwd: root });
  const author = ['-c', 'user.name=alice', '-c', 'user.email=alice@example.com'];
  execFileSync('git', ['init', '--quiet'], { cwd: origin });
  execFileSync('git', ['add', '--all'], { cwd: origin });
  execFileSync('git', [...author, 'commit', '--quiet', '--message', 'All'], { cwd: origin });
});

afterAll(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));

test('the README shows how to get it and two commands first, and the first sets a project up', () => {
  const [clone = '', setup = '', testing = ''] = (blocks[0] ?? '').split('\n');
  expect(testing).toMatch(/^\.\/scripts\/test\b/);
  expect(statSync(join(root, 'scripts/test')).mode & 0o111).not.toBe(0);
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('./scripts/test');
  const output = sh(`${clone.replace(/https:\S+/, () => `'${origin}'`)}\n${setup}`, base);
  expect(output).toContain('docket works');
});

test('a program imports the package that setup built, as the page says', () => {
  const [, example = ''] = /^```js\n(.*?)^```$/ms.exec(read('docs/scripts.md')) ?? [];
  const file = join(base, 'docket/example.mjs');
  writeFileSync(file, example);
  sh(`node '${file}'`, project);
  expect(sh('docket list', project)).toContain('Rotate the signing key');
});

test('the page names the rights that the database asks for', () => {
  const everyday = everydayRights.join(', ').replace(/, (\w+)$/, ' and $1');
  expect(read('docs/team.md')).toContain(
    `An everyday user needs ${everyday}; \`migrate\` needs ${migrationRights} as well.`,
  );
});

test('the README says how often a claim goes to the server and back, as it is held', () => {
  const { mariadb: times, dolt } = flightLimits.claim ?? {};
  expect(dolt).toBe(times);
  expect(readme).toContain(`| ${times} times |`);
});

test('the README leads to every page, and every link leads to a file', () => {
  const documents = ['README.md', ...globSync('docs/*.md', { cwd: root })];
  for (const path of documents) {
    for (const [, to = ''] of read(path).matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      expect(existsSync(join(root, path, '..', to)), `${path}: ${to}`).toBe(true);
    }
  }
  const unlinked = documents.slice(1).filter((path) => !readme.includes(`](${path})`));
  expect(unlinked).toEqual([]);
});

test('every other command of the README and its pages does what it says', async (context) => {
  const database = await freshDatabase(mariadb, context);
  const url = database.url.replace(/\/\/[^@/]*@/, '//');
  const user = new URL(database.url).username;
  // The real one is in the end-to-end tests; here every agent is done, and approves.
  writeFileSync(join(home, '.local/bin/claude'), agent, { mode: 0o755 });
  const [, template = ''] = /^```markdown\n(.*?)^```$/ms.exec(read('docs/agents.md')) ?? [];
  const folder = join(project, '.claude/docket/plans');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'backup-check.md'), template);
  let key = 'web-k3f9';

  // Nobody is told: a target begins with what happens from then on.
  const [, targets = ''] = /^```json\n(.*?)^```$/ms.exec(read('docs/notify.md')) ?? [];
  mkdirSync(join(home, '.config/docket'), { recursive: true });
  writeFileSync(join(home, '.config/docket/notify.json'), targets, { mode: 0o600 });

  function run(block: string): readonly string[] {
    const commands = block.match(/^docket plan <<'PLAN'\n.*?^PLAN$|^docket [^\n]*$/gms) ?? [];
    return commands.map((command) => {
      const verb = command.split(' ')[1] ?? '';
      const text = command
        .replace(/mysql:\/\/(?:\w+@)?db\.example\.com:3306\/docket/, url)
        .replace('~/code/web', project)
        // The task was made a moment ago.
        .replace("'2 hours ago' show", "'0 min ago' show")
        .replace(/~\/backups\/docket-backup-\S+/, '"$(ls ~/backups/docket-backup-*)"')
        .replaceAll(/\bweb-[a-z0-9]{4}\b/g, key);
      // What is shown while the database is away is what a prompt has shown.
      if (text.includes('--cached')) sh(prompt, project);
      const output = sh(`export DOCKET_USER='${user}'\n${text}`, project);
      if (verb === 'create' || verb === 'plan') key = /web-[a-z0-9]+/.exec(output)?.[0] ?? '';
      if (verb === 'close') expect(output).toContain(`Completed ${key}`);
      if (verb === 'checklist')
        expect(output).toMatch(/API authentication|Design the schema|Check the backups/);
      return verb;
    });
  }

  const documents = [
    ...blocks.slice(1, -1),
    ...pages.flatMap((page) => blocksOf(read(page))),
    // Taken out at the end.
    ...blocks.slice(-1),
  ];
  expect(documents.map((block) => run(block).join(' ')).filter((verbs) => verbs !== '')).toEqual([
    'create ready claim note close',
    'who recap search stats',
    'plan checklist',
    'checklist checklist',
    'update list',
    'plan plan',
    'init run runs checklist',
    'init client billing',
    'work-item work-item',
    'init',
    'insight insight',
    'claim',
    'history history',
    'at at at at',
    'diff diff',
    'list doctor',
    'outbox outbox',
    'notify notify notify',
    'server',
    'trust init',
    'verify',
    'migrate',
    'copy copy',
    'export import import',
    'archive archive',
    'backup',
    'restore list',
    'uninstall uninstall',
  ]);
  expect(existsSync(join(home, '.local/bin/docket'))).toBe(false);
});

test('every page with commands is among those that are followed', () => {
  const others = globSync('docs/*.md', { cwd: root }).filter((page) => !pages.includes(page));
  expect(others.filter((page) => blocksOf(read(page)).length > 0)).toEqual([]);
});
