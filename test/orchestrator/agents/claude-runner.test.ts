import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TaskRequest } from '../../../lib/orchestrator/agents/agent-runner.ts';
import { ClaudeRunner } from '../../../lib/orchestrator/agents/claude-runner.ts';
import { painting } from './painting.ts';
import { isRunning, readPids } from './running.ts';

// A `claude` that the test writes: what the real one does is in claude-runner.server.test.ts.

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'docket-claude-'));
  mkdirSync(join(folder, 'bin'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

const never = new AbortController().signal;

/** Makes the shell script the `claude` that is found first. */
function request(script: string, options: Partial<TaskRequest> = {}): TaskRequest {
  const file = join(folder, 'bin', 'claude');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return {
    ...painting,
    schema: { type: 'object' },
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, PIDS: join(folder, 'pids') },
    ...options,
  };
}

function result(event: object): string {
  const all = { type: 'result', subtype: 'success', is_error: false, ...event };
  return `cat >/dev/null; cat <<'EOF'\n${JSON.stringify(all)}\nEOF`;
}

test('the prompt goes in by stdin, and the rest as arguments', async () => {
  const runner = new ClaudeRunner({ permissionMode: 'dontAsk', args: ['--model', 'sonnet'] });
  const end = result({ structured_output: { status: 'completed' }, total_cost_usd: 0.25 });
  const script = `printf '%s\\n' "$@" >arguments; cat >prompt; ${end}`;
  const answer = await runner.run(
    request(script, {
      schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' },
      budgetUsd: 1.5,
    }),
    never,
  );
  expect(answer).toEqual({ kind: 'report', report: { status: 'completed' }, costUsd: 0.25 });
  expect(readFileSync(join(folder, 'prompt'), 'utf8')).toBe('paint the wall');
  expect(readFileSync(join(folder, 'arguments'), 'utf8').trim().split('\n')).toEqual([
    '-p',
    ...['--agent', 'coding-agent'],
    ...['--output-format', 'stream-json', '--verbose'],
    ...['--json-schema', '{"type":"object"}'],
    ...['--permission-mode', 'dontAsk'],
    ...['--max-budget-usd', '1.5'],
    ...['--model', 'sonnet'],
  ]);
});

test('a claude that dies before it reads its prompt is a crashed agent', async () => {
  const prompt = 'x'.repeat(4_000_000);
  const answer = await new ClaudeRunner().run(
    request('echo cannot >&2; exit 9', { prompt }),
    never,
  );
  expect(answer).toEqual({
    kind: 'failed',
    reason: 'crashed',
    message: 'Claude Code ended with exit code 9 and no result: cannot',
  });
});

test('a machine without claude is told apart from a failing agent by its message', async () => {
  const answer = await new ClaudeRunner({ command: 'docket-no-claude' }).run(request(''), never);
  expect(answer).toMatchObject({
    reason: 'crashed',
    message: expect.stringContaining('not found'),
  });
});

test('a killed claude is a crashed agent', async () => {
  const answer = await new ClaudeRunner().run(request('kill -KILL $$'), never);
  expect(answer).toMatchObject({ reason: 'crashed', message: expect.stringContaining('137') });
});

test('a flood without an end is ended with the time, and is no report', async () => {
  const runner = new ClaudeRunner({ graceMs: 200 });
  const answer = await runner.run(request('exec yes', { timeoutMs: 700 }), never);
  expect(answer).toEqual({
    kind: 'failed',
    reason: 'timed_out',
    message: 'did not end within 1 s',
  });
});

test('a result is found behind a flood', async () => {
  const end = result({ structured_output: { status: 'completed' } });
  const script = `yes 0123456789 | head -c 30000000; echo; ${end}`;
  const answer = await new ClaudeRunner().run(request(script), never);
  expect(answer).toEqual({ kind: 'report', report: { status: 'completed' } });
});

const stubborn = `trap '' TERM; echo $$ >>"$PIDS"
  sh -c 'echo $$ >>"$PIDS"; while :; do sleep 600; done' & while :; do sleep 600; done`;

test('cancelling ends the agent and what it started, before run answers', async () => {
  const controller = new AbortController();
  const answer = new ClaudeRunner({ graceMs: 200 }).run(request(stubborn), controller.signal);
  const pids = await readPids(join(folder, 'pids'), 2);
  controller.abort();
  expect(await answer).toEqual({ kind: 'failed', reason: 'cancelled', message: 'cancelled' });
  expect(pids.filter(isRunning)).toEqual([]);
});

test('an agent whose time is over is ended with what it started', async () => {
  const runner = new ClaudeRunner({ graceMs: 200 });
  const answer = runner.run(request(stubborn, { timeoutMs: 1_000 }), never);
  const pids = await readPids(join(folder, 'pids'), 2);
  expect(await answer).toMatchObject({ kind: 'failed', reason: 'timed_out' });
  expect(pids.filter(isRunning)).toEqual([]);
});

test('a report that was given when time ran out counts', async () => {
  const end = result({ structured_output: { status: 'completed' } });
  const script = `trap '${end.replaceAll("'", `'"'"'`)}\nexit 0' TERM; while :; do sleep 0.05; done`;
  const answer = await new ClaudeRunner().run(request(script, { timeoutMs: 500 }), never);
  expect(answer).toMatchObject({ kind: 'report' });
});

test.each(['', '-p', 'a b', '--agent=x', 'x'.repeat(101), '../x'])(
  'an agent cannot be called %j',
  async (agent) => {
    const answer = await new ClaudeRunner().run(request('echo >started', { agent }), never);
    expect(answer).toMatchObject({ kind: 'failed', reason: 'unknown_agent' });
    expect(() => readFileSync(join(folder, 'started'))).toThrow();
  },
);
