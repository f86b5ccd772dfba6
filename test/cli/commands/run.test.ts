import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunOutcome } from '../../../lib/model/answers/outcome.ts';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

const builtIn = 'claude, Explore, general-purpose';
const allAgents = `${builtIn}, coding-agent, code-review-agent`;

/** A harness where `claude` is a script: it gets the agent's name as $agent and the prompt as $prompt. */
function harnessWith(script: string, agents = allAgents): CliHarness {
  const harness = openCliHarness();
  const bin = join(harness.home, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'claude');
  const known = `echo "--agent '$agent' not found. Available agents: ${agents}" >&2; exit 1`;
  const asked = `case $agent in docket-asks-for-all) ${known};; esac`;
  writeFileSync(file, `#!/bin/sh\nagent=$3\nprompt=$(cat)\n${asked}\n${script}\n`);
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
  expect(
    lines.map((line) => line.replaceAll(task.key, 'KEY').replace(', under 1 min', '')),
  ).toEqual([
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
  expect(stdout).toContain(
    `docket unblock ${task.key}.1 --resolution TEXT, then docket run ${task.key}`,
  );
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

test('telemetry of an agent knows its task by key and ids, and nothing that somebody wrote', async () => {
  const harness = harnessWith(`env > "$HOME/env"; ${say(done)}`);
  const key = await harness.create(
    'secret,docket.task.key=web-0000,OTEL_RESOURCE_ATTRIBUTES=x',
    ...['--type', 'research'],
  );
  const env = { OTEL_RESOURCE_ATTRIBUTES: 'service.name=web,docket.task.key=web-1111' };
  await harness.with({ env }).run('run', key);
  const told = readFileSync(join(harness.home, 'env'), 'utf8');
  const id = '[0-9a-f-]{36}';
  expect(told.match(/^OTEL_RESOURCE_ATTRIBUTES=.*$/gm)).toEqual([
    expect.stringMatching(
      new RegExp(
        `=service\\.name=web,docket\\.workspace\\.id=${id},docket\\.task\\.key=${key},docket\\.run\\.id=${id},docket\\.run\\.role=work,docket\\.run\\.attempt=1$`,
      ),
    ),
  ]);
  expect(told).not.toContain('secret');
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

/** What Claude Code prints when its API refuses. */
function refused(error: string, message: string, limit?: object): string {
  const events = [
    ...(limit === undefined ? [] : [{ type: 'rate_limit_event', rate_limit_info: limit }]),
    { type: 'assistant', parent_tool_use_id: null, error },
    { type: 'result', subtype: 'success', is_error: true, result: message },
  ];
  return `${events.map((event) => `echo '${JSON.stringify(event)}'`).join('; ')}; exit 1`;
}

test('without the agents of docket nothing is started, and the way to them is named', async () => {
  const harness = harnessWith(`touch "$HOME/started"; ${say(done)}`, builtIn);
  const { task } = await harness.json(PlanAnswer, 'plan', plan);
  expect(await harness.error('run', task.key)).toEqual({
    code: 'agent_failed',
    exitCode: 1,
    message: 'Claude Code has no agent for this here: Coding Agent, Code Review Agent',
    hint: 'docket init --agents installs Coding Agent and Code Review Agent',
  });
  expect(existsSync(join(harness.home, 'started'))).toBe(false);
  expect((await harness.show(`${task.key}.1`)).task).toMatchObject({
    status: 'pending',
    claim: null,
  });
  const key = await harness.create('Look around', '--type', 'research', '--agent', 'Odd Agent');
  expect((await harness.json(RunOutcome, 'run', key)).status).toBe('completed');
});

test('a limit of the API is waited for, and whoever stops the wait can go on later', async () => {
  const end = new Date(Date.now() + 3_600_000);
  const limit = { status: 'rejected', resetsAt: Math.floor(end.getTime() / 1_000) };
  const words = 'You have hit your 5-hour limit';
  const harness = harnessWith(refused('rate_limit', words, limit));
  const { task } = await harness.json(PlanAnswer, 'plan', plan);
  const stop = new AbortController();
  const lines: string[] = [];
  const progress = (line: string) => {
    lines.push(line);
    if (line.includes('waiting until')) stop.abort();
  };
  const stopped = harness.with({ progress, interruption: () => stop.signal });
  const { stdout, exitCode } = await stopped.run('run', task.key);
  expect(exitCode).toBe(130);
  expect(lines.find((line) => line.includes('waiting until'))).toMatch(
    new RegExp(
      `^\\[-\\] API limit reached: waiting until [-0-9 ]*\\d\\d:\\d\\d \\(${words}\\)\\. Ctrl-C stops, docket run ${task.key} goes on\\.$`,
    ),
  );
  expect(stdout).toContain(`${task.key}.1 Design it: pending`);
  expect(stdout).toMatch(/^API limit reached, until \d{4}-\d\d-\d\d \d\d:\d\d: You have hit/m);
  expect(stdout).toContain(`docket run ${task.key} goes on at ${task.key}.1 Design it.`);
  expect((await harness.show(`${task.key}.1`)).task).toMatchObject({ status: 'pending' });
});

test('an API that nobody may use ends a run with what it said, in JSON too', async () => {
  const harness = harnessWith(
    refused('authentication_failed', 'Not logged in · Please run /login'),
  );
  const key = await harness.create('Deploy', '--type', 'deployment');
  const { stdout, exitCode } = await harness.run('run', key);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('Claude Code may not use the API: Not logged in · Please run /login');
  const inJson = await harness.run('run', key, '--json');
  expect(inJson.exitCode).toBe(1);
  expect(JSON.parse(inJson.stdout).data).toMatchObject({
    status: 'hindered',
    hindrance: { cause: 'access', message: 'Not logged in · Please run /login', resetsAt: null },
    open: [{ key, status: 'pending', blockedReason: null }],
  });
  expect(await harness.error('plan', '--agent', 'Add auth')).toMatchObject({
    code: 'agent_failed',
    message: 'the planning agent cannot work now: Not logged in · Please run /login',
  });
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
  expect(lines).toContain(
    `Stopping: agents are asked to end. Ctrl-C again ends it at once; docket run ${key} goes on later.`,
  );
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
