import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';
import { buildCommand, runAsBob, startAtTerminal } from './pseudo-terminal.ts';

let docket = '';

beforeAll(async () => {
  const [path, remove] = await buildCommand();
  docket = path;
  return remove;
});

/**
 * A harness where `claude` is a script: each agent waits until the test says what it answers, by
 * the number of its start.
 */
function harnessWithAgents(
  first = ':',
): CliHarness & { answer(start: number, report: object): void } {
  const harness = openCliHarness();
  const bin = join(harness.home, 'bin');
  mkdirSync(bin);
  const known = 'claude, Explore, general-purpose, coding-agent, code-review-agent';
  const script = `#!/bin/sh
case $3 in docket-asks-for-all)
  echo "--agent '$3' not found. Available agents: ${known}" >&2
  exit 1;;
esac
${first}
cat > /dev/null
echo $$ >> "$HOME/started"
answer="$HOME/answer-$(wc -l < "$HOME/started" | tr -d ' ')"
until [ -e "$answer" ]; do sleep 0.05; done
cat "$answer"
`;
  writeFileSync(join(bin, 'claude'), script);
  chmodSync(join(bin, 'claude'), 0o755);
  return {
    ...harness.with({ env: { PATH: `${bin}:${process.env.PATH}` } }),
    answer(start, report) {
      const end = { type: 'result', subtype: 'success', is_error: false, total_cost_usd: 0.42 };
      const text = JSON.stringify({ ...end, structured_output: report });
      const file = join(harness.home, `answer-${start}`);
      writeFileSync(`${file}.new`, text);
      writeFileSync(file, text);
    },
  };
}

const plan = [
  '# Add authentication to the API of the shop, with tokens that can be refreshed',
  '- [ ] Design the schema (analysis)',
  '- [ ] Write the code',
  '- [ ] Document it (documentation)',
].join('\n');

/** Whether a process lives. */
function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a run paints the plan, follows its agents, and leaves it whole when it is done', async () => {
  const harness = harnessWithAgents();
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  const first = await terminal.shows('Explore Agent; under 1 min');
  expect(first).toEqual([
    '$ docket',
    `${key}  Add authentication to the API of the shop, with tokens that can be`,
    '  refreshed',
    '0 of 3 complete, under 1 min',
    '[→] Design the schema  (Explore Agent; under 1 min)',
    '[ ] Write the code',
    '[ ] Document it',
    '',
    `  Ctrl-C stops; docket run ${key} goes on later`,
    '',
  ]);
  await runAsBob(docket, harness, 'note', `${key}.1`, 'three tables look right');
  await terminal.shows('    Note: three tables look right');
  harness.answer(1, { status: 'completed', outcome: 'one table of tokens' });
  await terminal.shows(/\[→\] Write the code {2}\(Coding Agent; under 1 min\)/);
  harness.answer(2, { status: 'completed', outcome: 'written' });
  await terminal.shows('Code Review Agent, review');
  const issues = ['tokens are stored unhashed', 'no test of the refresh'];
  harness.answer(3, { status: 'completed', approval: 'rejected', issues_found: issues });
  await terminal.shows(/Coding Agent, round 2; under 1 min; \$0\.84; rejected by/);
  await terminal.shows('    Issue found: tokens are stored unhashed');
  harness.answer(4, { status: 'completed', outcome: 'stored hashed' });
  await terminal.shows('Code Review Agent, review, round 2');
  harness.answer(5, { status: 'completed', approval: 'approved' });
  await terminal.shows(/\[→\] Document it/);
  harness.answer(6, { status: 'completed', outcome: 'see docs' });
  expect(await terminal.end()).toEqual([
    '$ docket',
    // What the checklist does not keep stays above it.
    `[→] ${key}.2 Write the code  sent back by its review, under 1 min`,
    `${key}  Add authentication to the API of the shop, with tokens that can be`,
    '  refreshed',
    '3 of 3 complete, under 1 min, $2.52',
    '[✓] Design the schema  (Explore Agent; under 1 min; $0.42)',
    '    one table of tokens',
    '[✓] Write the code  (Coding Agent; approved by Code Review Agent; under 1 min;',
    '    $1.68)',
    '    stored hashed',
    '[✓] Document it  (general-purpose; under 1 min; $0.42)',
    '    see docs',
    '',
    `Completed ${key}  Add authentication to the API of the shop, with tokens that`,
    '    can be refreshed',
    `docket checklist ${key} --summary shows what came of it.`,
    ...['exit 0', ''],
  ]);
});

test('a terminal that gets narrow and low still shows what is done now, once', async () => {
  const harness = harnessWithAgents();
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  await terminal.shows('Explore Agent; under 1 min');
  await terminal.resize(44, 6);
  const low = await terminal.shows(/\+\d more steps: docket/);
  expect(low).toEqual([
    '$ docket',
    `${key}  Add authentication to the API of…`,
    '0 of 3 complete, under 1 min',
    '[→] Design the schema  (Explore Agent;',
    '    under 1 min)',
    `+2 more steps: docket checklist ${key}`,
    '',
  ]);
  await terminal.resize(100, 30);
  const wide = await terminal.shows(/\[ \] Document it[\s\S]*Ctrl-C stops/);
  expect(wide.filter((line) => line.includes('Design the schema  ('))).toHaveLength(1);
  expect(wide.filter((line) => line.startsWith(key))).toHaveLength(1);
  harness.answer(1, { status: 'blocked', blockers: ['which database?'] });
  const left = await terminal.end();
  expect(left).toContain('[!] Design the schema  ($0.42; blocked: which database?)');
  expect(left.slice(-2)).toEqual(['exit 1', '']);
});

test('what is said at the end fits the terminal as it is then', async () => {
  const harness = harnessWithAgents();
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  await terminal.shows('Explore Agent; under 1 min');
  await terminal.resize(120, 30);
  await terminal.shows(/with tokens that can be refreshed$/m);
  terminal.type('\u0003');
  const left = await terminal.end();
  expect(left).toContain(
    `Stopped ${key}  Add authentication to the API of the shop, with tokens that can be refreshed`,
  );
});

test('Ctrl-C, seen on the terminal, ends the agents, frees their tasks and says how it goes on', async () => {
  const harness = harnessWithAgents();
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  await terminal.shows('Explore Agent; under 1 min');
  const started = () => readFileSync(join(harness.home, 'started'), 'utf8').trim();
  await expect.poll(started, { timeout: 20_000 }).toMatch(/^\d+$/);
  expect(lives(Number(started()))).toBe(true);
  terminal.type('\u0003');
  const left = await terminal.end();
  expect(left.filter((line) => line.includes('^C'))).toEqual([]);
  expect(left.join('\n')).toContain(`  ${key}.1 Design the schema: pending`);
  expect(left.slice(-3)).toEqual([
    `docket run ${key} goes on at ${key}.1 Design the schema.`,
    ...['exit 130', ''],
  ]);
  expect(lives(Number(started()))).toBe(false);
  expect((await harness.show(`${key}.1`)).task).toMatchObject({ status: 'pending', claim: null });
});

test('an agent that does not listen can be left at once, below the picture', async () => {
  const harness = harnessWithAgents("trap '' TERM");
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  await terminal.shows('Explore Agent; under 1 min');
  terminal.type('\u0003');
  await terminal.shows('Stopping: agents are asked to end.');
  terminal.type('\u0003');
  const left = await terminal.end();
  expect(left.slice(-4)).toEqual([
    'Stopping: agents are asked to end. Ctrl-C again ends it at once; docket run',
    `  ${key} goes on later.`,
    ...['exit 130', ''],
  ]);
});

test('a window that is closed ends the run in good order', async () => {
  const harness = harnessWithAgents();
  const { key } = (await harness.json(PlanAnswer, 'plan', plan)).task;
  const terminal = startAtTerminal(docket, harness, `run ${key}`);
  await terminal.shows('Explore Agent; under 1 min');
  terminal.hangUp();
  const first = async () => (await harness.show(`${key}.1`)).task;
  await expect.poll(first, { timeout: 20_000 }).toMatchObject({ status: 'pending', claim: null });
});

test.each([
  ['run KEY', { TERM: 'dumb' }],
  ['run KEY', { CI: '1' }],
  ['run KEY 2>&1 | cat', {}],
  // The shell has the terminal then, and may have a command line on it.
  ['run KEY & set +m; wait', {}],
])('docket %s with %j prints plain lines', async (command, env) => {
  const harness = harnessWithAgents();
  const key = await harness.create('Look around', '--type', 'research');
  const args = command.replace('KEY', key);
  const terminal = startAtTerminal(docket, harness.with({ env }), args, 'set -m');
  await terminal.shows(`[→] ${key} Look around  Explore Agent`);
  harness.answer(1, { status: 'completed', outcome: 'seen' });
  const [prompt, started, ended, ...rest] = await terminal.end();
  expect([prompt, started, ended]).toEqual([
    '$ docket',
    `[→] ${key} Look around  Explore Agent`,
    `[✓] ${key} Look around  completed, under 1 min: seen`,
  ]);
  expect(rest[0]).toBe(`Completed ${key}  Look around`);
});
