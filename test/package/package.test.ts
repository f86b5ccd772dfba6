import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentDeclarations } from '../../scripts/document-declarations.ts';
import { findUndocumented, findUnexported } from './public-types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tsc = join(root, 'node_modules/.bin/tsc');

/** A program of somebody who uses the package: typed, and run as it is. */
const program = `
import { type AgentRequest, FunctionRunner, makePolicy, openOrchestrator, type RunOutcome } from 'docket';

const { orchestrator, close } = await openOrchestrator({
  connection: { kind: 'sqlite', path: process.argv[2] ?? '' },
  workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'web' },
  actor: 'alice@one',
  runner: new FunctionRunner(({ agent }: AgentRequest) => ({
    status: 'completed',
    outcome: agent,
    ...(agent === 'Code Review Agent' ? { approval: 'approved' } : { files_created: ['auth.ts'] }),
  })),
  policy: makePolicy({ limits: { parallel: 2 } }),
  cwd: process.cwd(),
});
const { task } = await orchestrator.plan({
  request: 'Implement authentication for the API',
  plan: { title: 'Implement API authentication', subtasks: [{ title: 'Generate code' }] },
});
const outcome: RunOutcome = await orchestrator.run(task.key);
console.log(JSON.stringify({ status: outcome.status, context: outcome.task.context }));
await close();
`;

/** Another, who keeps a list. */
const keeper = `
import { DocketError, openDocket } from 'docket';

const docket = await openDocket({
  connection: { kind: 'sqlite', path: process.argv[2] ?? '' },
  workspace: { id: '01890000-0000-7000-8000-000000000001', slug: 'web' },
  worker: { actor: 'alice@one' },
});
const { task } = await docket.call('create', { title: 'Rotate the signing key', priority: 1 });
await docket.call('claim', { task: task.key });
const { tasks } = await docket.call('list', {});
const { note } = await docket.call('note', { task: task.key, text: 'Half done' });
const closed = await docket.call('close', { task: task.key, outcome: 'Rotated' });
const refusal = await docket.call('close', { task: task.key, outcome: 'x'.repeat(100_000) }).catch(
  (error: unknown) => (error instanceof DocketError ? [error.code, error.message] : error),
);
const { events, seq } = await docket.eventsSince(1);
console.log(
  JSON.stringify({
    listed: tasks.map(({ title, claim }) => [title, claim?.actor, claim?.stale]),
    note: note.text,
    status: closed.task.status,
    refusal,
    events: events.map(({ verb }) => verb),
    seq,
  }),
);
await docket.close();

export function wrong(): unknown {
  // @ts-expect-error A task has a title.
  return docket.call('create', { name: 'Rotate the signing key' });
}
`;

/** A third, which opens the list of a folder in the environment that it is started in. */
const ofFolder = `
import { openDocket } from 'docket';

const docket = await openDocket({ folder: process.argv[2] });
const { task } = await docket.call('create', { title: 'Rotate the signing key' });
console.log(task.title);
await docket.close();
`;

/** The program of the page about programs. */
const [, example = ''] =
  /^```ts\n(.*?)^```$/ms.exec(readFileSync(join(root, 'docs/library.md'), 'utf8')) ?? [];

let project: string;
let tarball: string;

function run(command: string, args: readonly string[], cwd: string): string {
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  expect(status, `${command} ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** The packages that docket needs, and those that these need, from the development's own. */
function neededPackages(): Readonly<Record<string, string>> {
  const list = run('npm', ['ls', '--omit=dev', '--all', '--parseable'], root).trim().split('\n');
  const folders = list.filter((path) => path.includes('/node_modules/'));
  return Object.fromEntries(
    folders.map((path) => [path.split('/node_modules/').at(-1) ?? '', `file:${path}`]),
  );
}

/** Packs the package as it is now, and installs it in a new folder, without the network. */
beforeAll(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'docket-package-')));
  const packed = join(project, 'packed');
  mkdirSync(packed);
  for (const file of ['package.json', 'README.md', 'LICENSE']) {
    cpSync(join(root, file), join(packed, file));
  }
  const outDir = join(packed, 'dist/package');
  run(tsc, ['-p', join(root, 'tsconfig.package.json'), '--outDir', outDir], root);
  documentDeclarations(outDir);
  tarball = run('npm', ['pack', '--silent', '--pack-destination', project], packed).trim();
  const dependencies = { ...neededPackages(), docket: `file:${tarball}` };
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module', dependencies }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
  run('npm', ['install', '--offline', '--install-links', ...quiet], project);
  writeFileSync(join(project, 'program.ts'), program);
  writeFileSync(join(project, 'keeper.ts'), keeper);
  writeFileSync(join(project, 'example.ts'), example);
}, 180_000);

afterAll(() => rmSync(project, { recursive: true, force: true, maxRetries: 10 }));

test.each([
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
])('who installs the package gets its types, in %s by %s', (module, moduleResolution) => {
  const settings = { module, moduleResolution, target: 'es2023', strict: true, types: ['node'] };
  const config = {
    // The declarations themselves are checked as well.
    compilerOptions: { ...settings, outDir: 'out', skipLibCheck: false },
    files: ['program.ts', 'keeper.ts', 'example.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  run(tsc, ['-p', project], project);
});

test('the tools that judge packages find nothing wrong with it', () => {
  const tool = (name: string) => join(root, 'node_modules/.bin', name);
  const packed = join(project, tarball.split('/').at(-1) ?? '');
  run(tool('publint'), [packed, '--strict'], project);
  // It is an ES module, which Node.js 22.13 and later also take by require.
  run(tool('attw'), [packed, '--profile', 'esm-only', '--no-emoji'], project);
});

test('whatever a public type names is public, but for what is only handed on', () => {
  const index = join(project, 'node_modules/docket/dist/package/index.d.ts');
  const machinery = [
    'AboutSeveral, of AnswerTo',
    'Operation, of AnswerOf',
    'Operation, of InputOf',
  ];
  const loaded = ['AnswerOf', 'InputOf', 'OperationName'].map((name) => `Loaded, of ${name}`);
  expect(findUnexported(index)).toEqual([...machinery, ...loaded, 'Store, of Scope'].sort());
  expect(findUndocumented(index)).toEqual([]);
});

test('a type that is not public is found, and one without docs', () => {
  const file = join(project, 'odd.d.ts');
  const index = join(project, 'odd-index.d.ts');
  writeFileSync(index, "export { type Shown, show } from './odd.ts';\n");
  const shown = '/** Docs. */\nexport interface Shown {\n    readonly hidden: Hidden;\n}\n';
  const show = 'export declare function show(shown: Shown): Other;\n';
  writeFileSync(file, `interface Hidden {\n}\ninterface Other {\n}\n${shown}${show}`);
  expect(findUnexported(index)).toEqual(['Hidden, of Shown', 'Other, of show']);
  expect(findUndocumented(index)).toEqual(['show']);
});

test('an editor finds the docs of fields, of answers and of reports', () => {
  const types = join(project, 'node_modules/docket/dist/package');
  const answers = readFileSync(join(types, 'operations/catalogue.d.ts'), 'utf8');
  expect(answers).toMatch(/\* Keys of unfinished dependencies.*\*\/\n\s+blockers: string\[\];/);
  expect(answers).toMatch(/\* The tasks that must be done first\. \*\/\n\s+needs\?: string\[\]/);
  const reports = readFileSync(join(types, 'model/report/agent-report.gen.d.ts'), 'utf8');
  expect(reports).toMatch(/\/\*\* [^\n]+ \*\/\n\s+readonly outcome\?: string/);
});

test('the program of the page does what the page says', () => {
  expect(example.split('\n').length).toBeLessThan(50);
  const { stdout, stderr } = spawnSync(process.execPath, ['out/example.js'], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^completed\n/);
  expect(stdout).toContain('2. **Write the code**');
  expect(stdout).toContain('Approved by Code Review Agent');
  expect(stdout).toContain('alice@one claimed Choose a library');
  expect(stdout.trim().split('\n').at(-1)).toBe('alice@one completed Login');
});

test('who installs the package can run a plan by a function', () => {
  const database = join(project, 'list.db');
  const { stdout, stderr } = spawnSync(process.execPath, ['out/program.js', database], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    status: 'completed',
    context: {
      user_request: 'Implement authentication for the API',
      files_created: ['auth.ts'],
      subtasks_completed: 1,
    },
  });
});

test('a program opens the list of its folder in the environment that it is started in', () => {
  const folder = join(project, 'folder');
  mkdirSync(join(folder, '.claude'), { recursive: true });
  const config = { workspace: { id: '01890000-0000-7000-8000-000000000002', slug: 'web' } };
  writeFileSync(join(folder, '.claude/docket.json'), JSON.stringify(config));
  writeFileSync(join(project, 'of-folder.mjs'), ofFolder);
  const { stdout, stderr } = spawnSync(process.execPath, ['of-folder.mjs', folder], {
    cwd: project,
    env: { PATH: process.env.PATH, HOME: project, DOCKET_ACTOR: 'alice' },
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('Rotate the signing key\n');
});

test('who installs the package can keep a list: create, claim, list, note, close', () => {
  const database = join(project, 'kept.db');
  const { stdout, stderr } = spawnSync(process.execPath, ['out/keeper.js', database], {
    cwd: project,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    listed: [['Rotate the signing key', 'alice@one', false]],
    note: 'Half done',
    status: 'completed',
    refusal: ['invalid_input', expect.stringContaining('close: outcome has 100000 characters')],
    events: ['claimed', 'noted', 'completed'],
    seq: 4,
  });
});
