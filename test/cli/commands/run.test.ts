import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunOutcome } from '../../../lib/model/answers/outcome.ts';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

/** A harness where `claude` is a script: it gets the agent's name as $agent and the prompt as $prompt. */
function harnessWith(script: string): CliHarness {
  const harness = openCliHarness();
  const bin = join(harness.home, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'claude');
  writeFileSync(file, `#!/bin/sh\nagent=$3\nprompt=$(cat)\n${script}\n`);
  chmodSync(file, 0o755);
  return harness.with({ env: { PATH: `${bin}:/usr/bin:/bin` } });
}

/** What Claude Code prints in the end with --output-format json. */
function say(report: object): string {
  const end = { type: 'result', subtype: 'success', is_error: false, structured_output: report };
  return `echo '${JSON.stringify(end)}'`;
}

const done = { status: 'completed', outcome: 'done' };
const approve = say({ ...done, approval: 'approved' });
const good = `case $agent in code-review-agent) ${approve};; *) ${say(done)};; esac`;

const plan = ['# Add auth', '- [ ] Design it', '- [ ] Build it'].join('\n');

test('a plan is run in its order, and what happens is told line by line', async () => {
  const harness = harnessWith(good);
  const { task } = await harness.json(PlanAnswer, 'plan', plan);
  const lines: string[] = [];
  const outcome = await harness
    .with({ progress: (line) => lines.push(line) })
    .json(RunOutcome, 'run', task.key);
  expect(outcome).toMatchObject({ status: 'completed', open: [] });
  expect(lines.map((line) => line.replaceAll(task.key, 'KEY').replace(', 1 min', ''))).toEqual([
    'No dependencies are stated, so KEY runs in its order (--any-order lets all run at once).',
    '[→] KEY.1 Design it  Coding Agent',
    '[→] KEY.1 Design it  done, now its review: done',
    '[→] KEY.1 Design it  Code Review Agent (review)',
    '[✓] KEY.1 Design it  completed: done',
    '[→] KEY.2 Build it  Coding Agent',
    '[→] KEY.2 Build it  done, now its review: done',
    '[→] KEY.2 Build it  Code Review Agent (review)',
    '[✓] KEY.2 Build it  completed: done',
  ]);
});

test('a plan that cannot go on says what keeps it, and ends with 1', async () => {
  const harness = harnessWith(say({ status: 'blocked', blockers: ['no staging password'] }));
  const { task } = await harness.json(PlanAnswer, 'plan', plan);
  const { stdout, exitCode } = await harness.run('run', task.key);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`${task.key}.1 Design it: blocked: no staging password`);
  expect(stdout).toContain(`${task.key}.2 Build it: waits for ${task.key}.1`);
  expect(stdout).toContain(`docket unblock ${task.key}.1, then docket run ${task.key}`);
});

test('an agent is told its task and not who started it, and must end in time', async () => {
  const harness = harnessWith(
    `env > "$HOME/env"; printf '%s' "$prompt" > "$HOME/prompt"; pwd > "$HOME/cwd"; ${say(done)}`,
  );
  const key = await harness.create('Look around', '--type', 'research');
  const inside = { CLAUDE_CODE_SESSION_ID: 'outer', CLAUDECODE: '1', DOCKET_SESSION: 'x' };
  await harness.with({ env: inside }).run('run', key);
  const told = (name: string) => readFileSync(join(harness.home, name), 'utf8');
  expect(told('env')).toMatch(new RegExp(`^DOCKET_TASK=${key}$`, 'm'));
  expect(told('env')).toMatch(/^DOCKET_RUN=/m);
  expect(told('env')).not.toMatch(/CLAUDE_CODE_SESSION_ID|CLAUDECODE=|DOCKET_SESSION/);
  expect(told('prompt')).toContain(`${key}: Look around`);
  expect(told('cwd').trim()).toBe(harness.project);
});

test('an agent finds the list in the database that its orchestrator was given', async () => {
  const harness = harnessWith(`printf '%s' "$DOCKET_DATABASE" > "$HOME/database"; ${say(done)}`);
  const path = join(harness.home, 'other.db');
  await (await openStore({ kind: 'sqlite', path })).close();
  const database = `sqlite:${path}`;
  const key = await harness.create('Look around', '--type', 'research', '--database', database);
  await harness.run('run', key, '--database', database);
  expect(readFileSync(join(harness.home, 'database'), 'utf8')).toBe(database);
});

test('a planning agent breaks a request down; in a session of Claude Code the session plans', async () => {
  const subtasks = [{ title: 'Design', task_type: 'analysis' }, { title: 'Build' }];
  const harness = harnessWith(
    `printf '%s' "$prompt" > "$HOME/prompt"; ${say({ title: 'Auth', subtasks })}`,
  );
  const { task, subtasks: made } = await harness.json(
    PlanAnswer,
    'plan',
    '--agent',
    'Add auth please',
  );
  expect(task).toMatchObject({ title: 'Auth', context: { user_request: 'Add auth please' } });
  expect(made.map(({ title, needs }) => [title, needs])).toEqual([
    ['Design', []],
    ['Build', [`${task.key}.1`]],
  ]);
  expect(readFileSync(join(harness.home, 'prompt'), 'utf8')).toContain('> Add auth please');
  const inside = harness.with({ env: { CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: 's' } });
  expect(await inside.error('plan', '--agent', 'More')).toMatchObject({
    code: 'usage',
    exitCode: 2,
  });
});

test('a planning agent that says nothing of use makes nothing', async () => {
  const harness = harnessWith('exit 3');
  expect(await harness.error('plan', '--agent', 'Add auth')).toMatchObject({
    code: 'agent_failed',
  });
  const odd = harnessWith(say({ title: 'Auth', subtasks: [] }));
  expect(await odd.error('plan', '--agent', 'Add auth')).toMatchObject({
    code: 'agent_failed',
    exitCode: 1,
    message: 'the planning agent made no plan that can be used: subtasks is empty',
  });
  expect(await odd.text('list')).not.toContain('Auth');
});

test('a planning agent is not started when what it plans could not be kept', async () => {
  const harness = harnessWith(
    `touch "$HOME/started"; ${say({ title: 'A', subtasks: [{ title: 'B' }] })}`,
  );
  const nobody = await harness.error('plan', '--agent', 'Add auth', '--client', 'Nobody');
  expect(nobody).toMatchObject({ code: 'not_found', exitCode: 3 });
  expect(existsSync(join(harness.home, 'started'))).toBe(false);
  await harness.text('plan', '--agent', 'Add auth');
  expect(existsSync(join(harness.home, 'started'))).toBe(true);
});

test('an agent that Claude Code does not know is named, and who does its work instead', async () => {
  const unknown = `echo "--agent '$agent' not found. Available agents: x" >&2; exit 1`;
  const harness = harnessWith(`case $agent in odd-agent) ${unknown};; esac; ${good}`);
  const key = await harness.create('Look around', '--type', 'research', '--agent', 'Odd Agent');
  const lines: string[] = [];
  await harness.with({ progress: (line) => lines.push(line) }).text('run', key);
  expect(lines[1]).toBe(
    `[→] ${key} Look around  Claude Code has no Odd Agent; Explore Agent takes its place`,
  );
});

test('without Claude Code, and with flags that make no sense, nothing is claimed', async () => {
  const harness = openCliHarness().with({ env: { PATH: '/nonexistent' } });
  const key = await harness.create('Deploy');
  expect(await harness.error('run', key)).toMatchObject({ code: 'agent_failed', exitCode: 1 });
  const other = harnessWith(good);
  const task = await other.create('Deploy');
  for (const flags of [
    ['--parallel', '0'],
    ['--timeout', 'x'],
    ['--budget', '-1'],
    ['--permission-mode', 'all'],
  ]) {
    expect(await other.error('run', task, ...flags)).toMatchObject({ code: 'usage', exitCode: 2 });
  }
  expect(await other.error('run', 'zzzz')).toMatchObject({ code: 'not_found', exitCode: 3 });
  expect((await other.show(task)).task.status).toBe('pending');
  expect(existsSync(join(other.home, 'prompt'))).toBe(false);
});

test('who stops a run is told that agents are asked to end', async () => {
  const harness = harnessWith(`touch "$HOME/started"; sleep 30`);
  const key = await harness.create('Deploy');
  const stop = new AbortController();
  const lines: string[] = [];
  const ended = harness
    .with({
      progress: (line) => {
        lines.push(line);
        stop.abort();
      },
      interruption: () => stop.signal,
    })
    .run('run', key);
  expect(await ended).toMatchObject({ exitCode: 130 });
  expect(lines).toContain('Stopping: agents are asked to end. Ctrl-C again ends it at once.');
});

test('settings of the project that make no sense are named', async () => {
  const harness = harnessWith(good);
  const key = await harness.create('Deploy');
  const file = join(harness.project, '.claude/docket.json');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, agents: { cooking: { work: ['Chef'] } } }));
  expect(await harness.error('run', key)).toMatchObject({
    code: 'invalid_config',
    message: expect.stringContaining('docket.json: agents'),
  });
  writeFileSync(file, JSON.stringify({ ...config, orchestrator: { parallel: 0 } }));
  expect(await harness.error('run', key)).toMatchObject({ code: 'invalid_config' });
  writeFileSync(file, JSON.stringify({ ...config, agents: { implementation: { review: null } } }));
  expect((await harness.json(RunOutcome, 'run', key)).task.status).toBe('completed');
});
