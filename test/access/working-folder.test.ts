import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeSession } from '../../lib/state/session-state.ts';
import { openCliHarness } from '../cli/cli-harness.ts';
import { builtHooks } from '../hooks/built-hooks.ts';
import { createHookUser } from '../hooks/hook-user.ts';

const gone = 'the folder that this runs in is gone: it was removed or moved';

/** Runs a built program in a folder that is removed first. */
async function runInRemovedFolder(
  person: ReturnType<typeof createHookUser>,
  program: string,
  ...argv: readonly string[]
) {
  const folder = join(person.project, 'removed');
  mkdirSync(folder);
  const script = 'rmdir "$1"; shift; exec "$@"';
  const words = [folder, process.execPath, join(await builtHooks(), program), ...argv];
  const { CLAUDE_PROJECT_DIR: _, ...env } = person.env;
  return (more: Readonly<Record<string, string>>, input = '') =>
    spawnSync('sh', ['-c', script, 'sh', ...words], {
      cwd: folder,
      env: { ...env, ...more } as NodeJS.ProcessEnv,
      input,
      encoding: 'utf8',
    });
}

test('a command in a removed folder ends with one sentence, in the envelope too', async () => {
  const person = createHookUser();
  const json = (await runInRemovedFolder(person, 'docket.cjs', 'list', '--json'))({});
  expect(json).toMatchObject({ status: 2, stderr: '' });
  expect(JSON.parse(json.stdout).error).toMatchObject({ code: 'usage', message: gone });
  const text = (await runInRemovedFolder(person, 'docket.cjs', 'list'))({});
  expect(text).toMatchObject({ status: 2, stdout: '' });
  expect(text.stderr).toMatch(
    /^docket: the folder that this runs in is gone: .*\n {2}cd to a folder/,
  );
});

test('a session that is bound to a project goes on in a removed folder', async () => {
  const person = createHookUser();
  const { project } = person;
  writeSession(join(person.home, '.local/state/docket'), 'session-c', { folder: project });
  const variables = [{ CLAUDE_CODE_SESSION_ID: 'session-c' }, { CLAUDE_PROJECT_DIR: project }];
  for (const more of variables) {
    const list = (await runInRemovedFolder(person, 'docket.cjs', 'list'))(more);
    expect(list).toMatchObject({ status: 0, stderr: '' });
    const doctor = (await runInRemovedFolder(person, 'docket.cjs', 'doctor', '--json'))(more);
    expect(JSON.parse(doctor.stdout).data.folder).toBe(project);
  }
});

test.for(['session-start', 'user-prompt-submit', 'pre-tool-use', 'heartbeat', 'session-end'])(
  'the hook %s works in a removed folder, and without any folder is silent',
  async (name) => {
    const person = createHookUser();
    const input = { session_id: 'session-a', tool_name: 'TodoWrite', tool_input: {} };
    const run = await runInRemovedFolder(person, `hooks/${name}.cjs`);
    expect(run({}, JSON.stringify(input))).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(person.log()).toBe('');
    const bound = await runInRemovedFolder(person, `hooks/${name}.cjs`);
    const said = bound({ CLAUDE_PROJECT_DIR: person.project }, JSON.stringify(input));
    expect(said).toMatchObject({ status: 0, stderr: '' });
    if (name === 'session-start') expect(said.stdout).toContain('docket');
    expect(person.log()).toBe('');
  },
);

test.for([
  ['list', '--database', 'sqlite:here.db'],
  ['trust', 'sqlite:here.db'],
  ['init'],
  ['init', 'web', '--anyway'],
  ['init', '--user', '--database', 'sqlite:here.db'],
  ['uninstall'],
  ['doctor', 'web'],
  ['migrate', '--database', 'sqlite:here.db'],
])('%s, which means a path from the removed folder, says so', async (argv) => {
  const harness = openCliHarness().with({ cwd: undefined });
  expect(await harness.error(...argv)).toMatchObject({ code: 'usage', message: gone, exitCode: 2 });
});

test('commands that mean no folder work without one', async () => {
  const harness = openCliHarness().with({ cwd: undefined });
  expect(await harness.text('--version')).toMatch(/^\d/);
  expect(await harness.text('list', '--help')).toContain('docket list');
  expect(await harness.text('trust')).toContain('No database is approved');
  expect((await harness.run('doctor', harness.project)).stdout).toContain('docket.json');
});
