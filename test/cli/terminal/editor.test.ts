import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';
import { LogAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

let docket = '';

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bin-'));
  docket = join(folder, 'docket.cjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../../cli/bin.ts', import.meta.url))],
    outfile: docket,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['mysql2', 'mysql2/*'],
    logLevel: 'error',
  });
  return () => rmSync(folder, { recursive: true });
});

// That of util-linux: others take other arguments.
const hasTerminal = spawnSync('script', ['--version']).status === 0;
const atTerminal = test.runIf(hasTerminal);

interface Typed {
  /** All that the terminal shows. */
  readonly shown: string;
  readonly exitCode: number | null;
  /** The file as the editor got it; empty when none was started. */
  readonly given: string;
}

/** Runs docket at a real terminal, with a script for the editor that gets the file as `$1`. */
function type(
  { home, project, env }: CliHarness,
  command: string,
  { editor, more = {} }: { readonly editor: string; readonly more?: Record<string, string> },
): Typed {
  const given = join(home, 'given');
  const file = join(home, 'my editor');
  rmSync(given, { force: true });
  writeFileSync(file, `#!/bin/sh\ncp "$1" '${given}'\n${editor}\n`);
  chmodSync(file, 0o755);
  const line = `'${process.execPath}' '${docket}' ${command}`;
  const { stdout, status, error } = spawnSync('script', ['-qec', line, '/dev/null'], {
    cwd: project,
    env: { ...env, PATH: process.env.PATH, TERM: 'xterm', EDITOR: `'${file}'`, ...more },
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error !== undefined) throw error;
  return {
    shown: stdout.replaceAll('\r', ''),
    exitCode: status,
    given: existsSync(given) ? readFileSync(given, 'utf8') : '',
  };
}

/** An editor that puts text before what it was given. */
const writes = (text: string) =>
  `printf '%s\\n' '${text}' | cat - "$1" > "$1.new"; mv "$1.new" "$1"`;

function keptFiles({ env }: CliHarness): readonly string[] {
  const folder = join(env.XDG_STATE_HOME ?? '', 'docket/edits');
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

atTerminal('a new task gets its description from the editor, headings and all', async () => {
  const harness = openCliHarness();
  const editor = writes('# Why\n\nIt loops');
  const { shown, exitCode, given } = type(harness, "create 'Fix it' --edit -d 'Begun'", { editor });
  expect({ exitCode, begins: given.startsWith('Begun\n') }).toEqual({ exitCode: 0, begins: true });
  expect(given).toContain('#  Fix it\n');
  const key = /web-[a-z2-9]+/.exec(shown)?.[0] ?? '';
  expect((await harness.show(key)).task.description).toBe('# Why\n\nIt loops\nBegun');
  expect(keptFiles(harness)).toEqual([]);
});

atTerminal('a description is changed in the editor, which begins with what it was', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task', '-d', 'Before');
  const { given } = type(harness, `update ${key} --edit`, { editor: writes('New') });
  expect(given).toMatch(/^Before\n\n# -+ >8 -+\n# {2}The description of:\n# {2}web-\w+ Task\n/);
  expect((await harness.show(key)).task.description).toBe('New\nBefore');
});

atTerminal('what looks like the line that ends the text ends none', async () => {
  const harness = openCliHarness();
  const scissors = '# ------------------------ >8 ------------------------';
  const text = `One\n${scissors}\nTwo`;
  const key = await harness.create('Task', '-d', text);
  await harness.text('update', key, `--title=${scissors.slice(2)}`);
  type(harness, `update ${key} --edit`, { editor: writes('New') });
  expect((await harness.show(key)).task.description).toBe(`New\n${text}`);
});

atTerminal('a note without its text is written in the editor, and so is an outcome', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(type(harness, `note ${key}`, { editor: writes('It is the clock') }).exitCode).toBe(0);
  expect((await harness.show(key)).notes[0]?.text).toBe('It is the clock');
  expect(type(harness, `done ${key} --edit`, { editor: writes('Works') }).exitCode).toBe(0);
  expect((await harness.show(key)).task).toMatchObject({ status: 'completed', outcome: 'Works' });
});

atTerminal('a plan is written in the editor', async () => {
  const harness = openCliHarness();
  const plan = '# Dark mode\n- [ ] Draw\n- [ ] Build';
  const { shown, exitCode } = type(harness, 'plan --edit', { editor: writes(plan) });
  expect({ exitCode, shown }).toEqual({ exitCode: 0, shown: expect.stringContaining('Dark mode') });
});

atTerminal('VISUAL counts before EDITOR, and either may have arguments', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const more = { VISUAL: `sh -c 'echo visual > "$1"' --`, EDITOR: 'false' };
  expect(type(harness, `note ${key}`, { editor: '', more }).exitCode).toBe(0);
  expect((await harness.show(key)).notes[0]?.text).toBe('visual');
});

atTerminal('without text nothing is done, and that is said', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  for (const command of [`note ${key}`, `close ${key} --edit`]) {
    const { shown, exitCode } = type(harness, command, { editor: ':' });
    expect({ shown, exitCode }).toEqual({
      shown: expect.stringContaining('there is no text, so nothing was done'),
      exitCode: 2,
    });
  }
  expect((await harness.json(LogAnswer, 'log')).events).toHaveLength(1);
  expect(keptFiles(harness)).toEqual([]);
});

atTerminal('an editor that fails does nothing, and what was written is kept', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  const failed = type(harness, `note ${key}`, { editor: `${writes('Long text')}; exit 3` });
  expect(failed.exitCode).toBe(2);
  expect(failed.shown).toMatch(/the editor \(.*\) ended with 3/);
  const [file = ''] = keptFiles(harness);
  expect(failed.shown).toContain(`The text is kept in ${file}`);
  expect(readFileSync(file, 'utf8')).toContain('Long text');
  rmSync(file);
  const missing = type(harness, `note ${key}`, { editor: '', more: { EDITOR: 'no-such-editor' } });
  expect(missing.shown).toContain('Nothing was done. VISUAL or EDITOR names another editor');
  expect(keptFiles(harness)).toEqual([]);
  expect((await harness.show(key)).notes).toEqual([]);
});

atTerminal(
  'when the command fails afterwards the text is kept in a file that it names',
  async () => {
    const harness = openCliHarness();
    const first = await harness.create('First');
    const key = await harness.create('Waits', '--needs', first);
    const { shown, exitCode } = type(harness, `close ${key} --edit`, { editor: writes('My work') });
    expect(exitCode).toBe(4);
    const [file = ''] = keptFiles(harness);
    expect(shown).toContain(`The text is kept in ${file}`);
    expect(readFileSync(file, 'utf8')).toBe('My work\n');
  },
);

atTerminal('a task that does not exist is told before anything is written', async () => {
  const { shown, exitCode, given } = type(openCliHarness(), 'note nope', { editor: writes('x') });
  expect({ exitCode, given }).toEqual({ exitCode: 3, given: '' });
  expect(shown).toContain('no task has the key');
});

atTerminal('in a session of Claude Code no editor is started', async () => {
  const harness = openCliHarness();
  const more = { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 'session-c' };
  const { shown, exitCode, given } = type(harness, 'create T --edit', {
    editor: writes('x'),
    more,
  });
  expect({ exitCode, given }).toEqual({ exitCode: 2, given: '' });
  expect(shown).toContain('an editor needs a terminal, and a person at it');
});

test('without a terminal --edit is a usage error', async () => {
  const harness = openCliHarness();
  const error = await harness.error('create', 'Task', '--edit');
  expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(error.message).toContain('an editor needs a terminal');
  expect((await harness.json(LogAnswer, 'log')).events).toEqual([]);
});
