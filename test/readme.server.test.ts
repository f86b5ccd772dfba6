import { execFileSync, spawnSync } from 'node:child_process';
import {
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

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The shell blocks of the README, in the order a reader meets them. */
const blocks = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);

const report = { status: 'completed', outcome: 'done', approval: 'approved' };
const end = { type: 'result', subtype: 'success', is_error: false, structured_output: report };
const agent = `#!/bin/sh\ncat >/dev/null\necho '${JSON.stringify(end)}'\n`;

let base: string;
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
  // The tree as it is, not only what is committed.
  execFileSync(
    'sh',
    [
      '-c',
      `git ls-files -z -co --exclude-standard | xargs -0 cp --parents -t "$0"`,
      join(base, '.'),
    ],
    { cwd: root },
  );
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

test('the README shows two commands first, and the first sets a project up', () => {
  const [setup = '', testing = ''] = (blocks[0] ?? '').split('\n');
  expect(testing).toMatch(/^\.\/scripts\/test\b/);
  expect(statSync(join(root, 'scripts/test')).mode & 0o111).not.toBe(0);
  expect(readFileSync(join(root, '.ci/run'), 'utf8')).toContain('./scripts/test');
  const output = sh(setup, base);
  expect(output).toContain('docket works');
});

test('a program imports the package that setup built, as the README says', () => {
  const [, example = ''] = /^```js\n(.*?)^```$/ms.exec(readme) ?? [];
  const file = join(base, 'example.mjs');
  writeFileSync(file, example);
  sh(`node '${file}'`, project);
  expect(sh('docket list', project)).toContain('Rotate the signing key');
});

test('the README names the rights that the database asks for', () => {
  const everyday = everydayRights.join(', ').replace(/, (\w+)$/, ' and $1');
  expect(readme).toContain(
    `An everyday user needs ${everyday}; \`migrate\` needs ${migrationRights} as well.`,
  );
});

test('every other command of the README does what it says', async (context) => {
  const database = await freshDatabase(mariadb, context);
  const url = database.url.replace(/\/\/[^@/]*@/, '//');
  const user = new URL(database.url).username;
  // The real one is in the end-to-end tests; here every agent is done, and approves.
  writeFileSync(join(home, '.local/bin/claude'), agent, { mode: 0o755 });
  const uses: string[] = [];
  let key = 'web-k3f9';
  for (const block of blocks.slice(1)) {
    for (const command of block.match(/^docket plan <<'PLAN'\n.*?^PLAN$|^docket [^\n]*$/gms) ??
      []) {
      const verb = command.split(' ')[1] ?? '';
      uses.push(verb);
      const text = command
        .replace('mysql://db.example.com:3306/docket', url)
        .replace('~/code/web', project)
        .replaceAll(/\bweb-[a-z0-9]{4}\b/g, key);
      const output = sh(`export DOCKET_USER='${user}'\n${text}`, project);
      if (verb === 'create' || verb === 'plan') key = /web-[a-z0-9]+/.exec(output)?.[0] ?? '';
      if (verb === 'close') expect(output).toContain(`Completed ${key}`);
      if (verb === 'checklist') expect(output).toContain('- [ ] Design the schema');
    }
  }
  expect(uses).toEqual(
    (
      'create ready claim note close plan checklist init run runs init client billing ' +
      'recap search stats migrate init uninstall'
    ).split(' '),
  );
});
