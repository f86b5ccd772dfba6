import { expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { aliases, commands } from '../../cli/catalogue.ts';
import { isNoun } from '../../cli/command/command.ts';
import { Envelope } from '../../lib/model/answers/task.ts';
import { Plan, PlannedStep } from '../../lib/model/plan/plan.ts';
import { Report } from '../../lib/model/report/report.ts';
import { displayWidth } from '../../lib/render/text/width.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { openCliHarness } from './cli-harness.ts';

test.for([[['help']], [['--help']], [['-h']]])(
  'docket %j lists every command',
  async ([argv = []]) => {
    const text = await openCliHarness().text(...argv);
    for (const name of commands.keys()) expect(text).toMatch(new RegExp(`^  ${name} .*\\S`, 'm'));
  },
);

test.for([...commands.keys(), ...Object.keys(aliases)])(
  'docket %s --help shows its flags and an example',
  async (name) => {
    const harness = openCliHarness();
    const text = await harness.text(name, '--help');
    expect(text).toContain(`docket ${name}`);
    expect(text).toContain('--json');
    expect(text).toMatch(new RegExp(`Examples\\n  docket ${aliases[name] ?? name}\\b`));
    expect(await harness.text('help', name)).toBe(text);
    expect(await harness.text(name, '-h')).toBe(text);
  },
);

test('help names the short forms of flags, and the other names of verbs', async () => {
  const harness = openCliHarness();
  const help = await harness.text('create', '--help');
  expect(help).toMatch(/^ {2}-p, --priority P .*\n/m);
  expect(help).toMatch(/^ {6}--parent KEY /m);
  expect(help).toMatch(/^Add a task \(also: add\)\n/);
  expect(await harness.text('done', '--help')).toMatch(/\(also: done, complete\)\n/);
  expect(await harness.text('--help')).toMatch(/^ {2}list .*\(also: ls\)$/m);
});

test('a word that is nearly another name of a verb is told so', async () => {
  expect((await openCliHarness().error('dnoe')).hint).toBe('Did you mean docket done?');
});

test('other names of verbs do what the verbs do', async () => {
  const harness = openCliHarness();
  const { stdout } = await harness.run('add', 'Draw it', '-p', '1', '-t', 'analysis', '-d', 'Why');
  const key = /web-\w+/.exec(stdout)?.[0] ?? '';
  expect((await harness.show(key)).task).toMatchObject({
    ...{ priority: 1, type: 'analysis', description: 'Why' },
  });
  expect(await harness.text('start', key)).toContain(`Claimed ${key}`);
  expect(await harness.text('ls')).toContain(key);
  expect(await harness.text('done', key)).toContain(`Completed ${key}`);
});

test.for([...commands])('the flags of docket %s are described', async ([, load]) => {
  const { command } = await load();
  if (isNoun(command)) expect(command.summary.length).toBeLessThanOrEqual(80);
  for (const { verb, flags } of isNoun(command) ? Object.values(command.verbs) : [command]) {
    for (const flag of Object.values(flags)) {
      expect(flag.description).not.toBe('');
      expect(flag.description.length).toBeLessThanOrEqual(80);
    }
    expect(verb.summary.length).toBeLessThanOrEqual(80);
  }
});

test.for([...commands])('the help of docket %s fits 80 columns', async ([name, load]) => {
  const { command } = await load();
  const lines = isNoun(command)
    ? Object.keys(command.verbs).map((verb) => [name, verb, '--help'])
    : [[name, '--help']];
  for (const argv of lines) {
    const text = await openCliHarness().text(...argv);
    const [help = ''] = text.split('\nExamples\n');
    expect(help.split('\n').filter((line) => displayWidth(line) > 80)).toEqual([]);
  }
});

test('the help of all commands fits 80 columns, and a long text goes on below itself', async () => {
  const harness = openCliHarness();
  const wide = (text: string) => text.split('\n').filter((line) => displayWidth(line) > 80);
  expect(wide(await harness.text('--help'))).toEqual([]);
  expect(await harness.text('create', '--help')).toMatch(
    /^ .*--type TYPE +kind of work: .*,\n {34}\w/m,
  );
});

test('a hint stands below the error, as something to type or as a sentence', async () => {
  const harness = openCliHarness();
  const missing = await harness.run('show', 'nothing');
  expect(missing.stderr).toMatch(/^docket: .*\n {2}try: docket list --all\n$/);
  const wrong = await harness.run('lst');
  expect(wrong.stderr).toMatch(/\n {2}Did you mean docket list\?\n$/);
  const style = { width: 80, colour: true };
  const coloured = await harness.with({ style }).run('show', 'nothing');
  expect(coloured.stderr).toContain('\u001b[2m  try: docket list --all\u001b[0m\n');
});

test('help names the fields of what is read as JSON', async () => {
  const harness = openCliHarness();
  const report = await harness.text('report', '--help');
  for (const field of Object.keys(Report.shape))
    expect(report).toMatch(new RegExp(`^  ${field} `, 'm'));
  const plan = await harness.text('plan', '--help');
  const elsewhere = ['title', 'description', 'client', 'project', 'infrastructure', 'billable'];
  for (const field of Object.keys({ ...Plan.shape, ...PlannedStep.shape })) {
    if (!elsewhere.includes(field)) expect(plan).toMatch(new RegExp(`^  ${field} `, 'm'));
  }
});

test('help says what the exit codes mean', async () => {
  expect(await openCliHarness().text('--help')).toMatch(
    /^Exit codes: 0 done, [^.]*, 69\sdatabase away\.$/m,
  );
});

test('each verb of a noun has help of its own', async () => {
  const harness = openCliHarness();
  for (const [name, load] of commands) {
    const { command } = await load();
    if (!isNoun(command)) continue;
    for (const verb of Object.keys(command.verbs)) {
      const text = await harness.text(name, verb, '--help');
      expect(text).toMatch(new RegExp(`Examples\\n  docket ${name} ${verb}\\b`));
      expect(await harness.text('help', name, verb)).toBe(text);
    }
  }
});

test('a noun without its verb, or with an unknown one, exits 2 and says which there are', async () => {
  const harness = openCliHarness();
  const bare = await harness.error('client');
  expect(bare).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(bare.hint).toMatch(/add, list, show, update, archive/);
  expect((await harness.error('client', 'lsit')).hint).toBe('Did you mean docket client list?');
});

test('--version tells the version', async () => {
  expect(await openCliHarness().text('--version')).toBe(packageJson.version);
});

test('help and version answer JSON as well', async () => {
  const harness = openCliHarness();
  const help = await harness.json(z.object({ help: z.string() }), 'list', '--help');
  expect(help.help).toContain('Examples');
  const { version } = await harness.json(z.object({ version: z.string() }), '--version');
  expect(version).toBe(packageJson.version);
});

test('an unknown command exits 2 and names the nearest', async () => {
  const { stdout, stderr, exitCode } = await openCliHarness().run('lsit');
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  expect(stderr).toBe('docket: there is no command "lsit"\n  Did you mean docket list?\n');
});

test('a word that is near no command gets the list of them', async () => {
  expect(await openCliHarness().error('frobnicate')).toMatchObject({
    code: 'usage',
    hint: 'docket --help',
    exitCode: 2,
  });
});

test('a flag before the command is explained', async () => {
  const error = await openCliHarness().error('--database', 'sqlite:x.db', 'list');
  expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
  expect(error.message).toContain('flags follow the command');
});

test.each(['version', '-v', '-V'])('%s leads to the version', async (word) => {
  const error = await openCliHarness().error(word);
  expect(error).toMatchObject({ exitCode: 2, hint: expect.stringContaining('docket --version') });
});

test('--json may stand before the command', async () => {
  const { stdout, exitCode } = await openCliHarness().run('--json', 'list');
  expect(exitCode).toBe(0);
  expect(z.parse(Envelope, JSON.parse(stdout))).toMatchObject({ data: { tasks: [] } });
});

test('with --json an error is one document on stdout and nothing on stderr', async () => {
  const { stdout, stderr, exitCode } = await openCliHarness().run('show', 'web-nope', '--json');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 3 });
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(z.parse(Envelope, JSON.parse(stdout))).toMatchObject({ error: { code: 'not_found' } });
});

test('after -- everything is text', async () => {
  const harness = openCliHarness();
  const { stdout, exitCode } = await harness.run('create', '--', '--json');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Created web-\w+ {2}P2 {2}--json\n$/);
});

test('what nobody expected is called a defect and exits 1', async () => {
  const read = await import('../../lib/tracker/reads/lists.ts');
  const failing = vi.spyOn(read, 'listReady').mockRejectedValue(new TypeError('x is not a y'));
  try {
    const harness = openCliHarness();
    const { stdout, stderr, exitCode } = await harness.run('ready');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
    expect(stderr).toBe(
      'docket: internal error: x is not a y\n' +
        '  This is a defect of docket. With DOCKET_DEBUG=1 it shows where.\n',
    );
    expect(await harness.error('ready')).toMatchObject({ code: 'internal', exitCode: 1 });
    const debugged = await harness.with({ env: { DOCKET_DEBUG: '1' } }).run('ready');
    expect(debugged.stderr).toContain('main.test.ts');
  } finally {
    failing.mockRestore();
  }
});
