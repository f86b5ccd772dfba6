import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

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

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'docket-package-'));
  const installed = join(project, 'node_modules/docket');
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'package.json'), join(installed, 'package.json'));
  const outDir = join(installed, 'dist/package');
  const { stdout } = spawnSync(
    tsc,
    ['-p', join(root, 'tsconfig.package.json'), '--outDir', outDir],
    {
      encoding: 'utf8',
    },
  );
  expect(stdout).toBe('');
  for (const name of ['zod', 'execa', 'mysql2', '@types']) {
    symlinkSync(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(project, 'program.ts'), program);
  writeFileSync(join(project, 'keeper.ts'), keeper);
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test('who installs the package gets its types', () => {
  const config = {
    compilerOptions: {
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      types: ['node'],
      outDir: 'out',
    },
    files: ['program.ts', 'keeper.ts'],
  };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
  const { stdout, status } = spawnSync(tsc, ['-p', project], { encoding: 'utf8' });
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
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
