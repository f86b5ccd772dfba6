import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { agentTexts } from '../../../lib/install/embedded.gen.ts';
import type { TaskRequest } from '../../../lib/orchestrator/agents/agent-runner.ts';
import { ClaudeRunner } from '../../../lib/orchestrator/agents/claude-runner.ts';
import { contextText, promptText, toolResults } from '../../claude/api-request.ts';
import { claudeEnvironment } from '../../claude/claude-process.ts';
import { type MockApi, startMockApi } from '../../claude/mock-api.ts';
import { bash, call, refuse, report, type Script, say } from '../../claude/script.ts';
import { claudeBinary } from '../../engines/claude.ts';
import { painting } from './painting.ts';
import { isRunning, readPids } from './running.ts';

// What Claude Code's flags do, as the runner relies on it.

let base: string;
let cwd: string;
let mock: MockApi;
let binary: string;

beforeAll(async () => {
  binary = claudeBinary();
  mock = await startMockApi();
});

afterAll(() => mock.close());

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'docket-agent-')));
  cwd = join(base, 'web');
  mkdirSync(join(cwd, '.claude/agents'), { recursive: true });
  for (const [name, text] of Object.entries(agentTexts)) define(name, text);
  return () => rmSync(base, { recursive: true, force: true, maxRetries: 10 });
});

function define(name: string, text: string): void {
  writeFileSync(join(cwd, '.claude/agents', name), text);
}

const schema = z.toJSONSchema(
  z.looseObject({
    status: z.enum(['completed', 'failed']),
    files: z.optional(z.array(z.string())),
  }),
);

interface Options extends Partial<TaskRequest> {
  readonly env?: Readonly<Record<string, string>>;
  readonly permissionMode?: 'acceptEdits' | 'bypassPermissions';
  readonly signal?: AbortSignal;
}

/** Runs an agent whose model follows the script. */
async function run(script: Script, options: Options = {}) {
  const { signal = new AbortController().signal, permissionMode, env = {}, ...request } = options;
  const sessionId = randomUUID();
  mock.play(sessionId, script);
  const args = ['--session-id', sessionId, '--model', 'claude-opus-5-5', '--strict-mcp-config'];
  const runner = new ClaudeRunner({
    command: binary,
    args,
    ...(permissionMode === undefined ? {} : { permissionMode }),
  });
  const result = await runner.run(
    {
      ...painting,
      schema,
      cwd,
      ...request,
      env: claudeEnvironment({ home: join(base, 'home'), mock, env }),
    },
    signal,
  );
  return { result, requests: mock.mainRequests(sessionId) };
}

const done = { status: 'completed', files: ['wall'], more: { kept: true } };

test.each([
  ['Coding Agent', 'You are a careful programmer', ['Edit', 'Write']],
  ['Code Review Agent', 'You are the gate between', []],
  ['Explore Agent', 'You are an agent', []],
  ['general-purpose', 'You are an agent', ['Edit', 'Write']],
])('%s gets the prompt and gives a report', async (agent, system, edits) => {
  const { result, requests } = await run([report(done)], { agent });
  expect(result).toMatchObject({ kind: 'report', report: done, costUsd: expect.any(Number) });
  const [request] = requests;
  if (request === undefined) throw new Error('no request');
  expect(promptText(request)).toContain('paint the wall');
  expect(JSON.stringify(request.body.system)).toContain(system);
  const tools = request.body.tools.map(({ name }) => name);
  expect(tools).toEqual(expect.arrayContaining(['Read', 'Bash', 'StructuredOutput']));
  expect(tools.filter((name) => ['Edit', 'Write', 'NotebookEdit'].includes(name))).toEqual(edits);
});

test('an agent of a plan may edit in its folder, and is refused what nobody allowed', async () => {
  const write = call('Write', { file_path: join(cwd, 'wall'), content: 'red' });
  const script = [write, bash('curl http://127.0.0.1:9/'), report(done)];
  const { result, requests } = await run(script);
  expect(result).toMatchObject({ kind: 'report' });
  expect(existsSync(join(cwd, 'wall'))).toBe(true);
  const results = requests.flatMap(toolResults);
  expect(results.find(({ tool }) => tool === 'Bash')).toMatchObject({ isError: true });
});

test('a report that does not fit is given back to the agent, and then to nobody', async () => {
  const wrong = report({ status: 'finished' });
  expect((await run([wrong, report(done)])).result).toMatchObject({ kind: 'report', report: done });
  const { result } = await run(Array.from({ length: 20 }, () => wrong));
  expect(result).toMatchObject({
    kind: 'failed',
    reason: 'no_report',
    message: expect.stringContaining('valid structured output'),
    costUsd: expect.any(Number),
  });
});

test('an agent that only talks is asked once more, and gave no report', async () => {
  expect((await run([say('I painted'), report(done)])).result).toMatchObject({ kind: 'report' });
  const { result } = await run([say('I painted'), say('Really')]);
  expect(result).toMatchObject({
    kind: 'failed',
    reason: 'no_report',
    message: 'ended without a report, with the words: Really',
  });
});

test('an agent without the tool for it reports in its last words', async () => {
  const text = '---\nname: painter\ndescription: paints\ntools: Read\n---\nPaint.\n';
  define('painter.md', text);
  const words = say(`Painted.\n\n\`\`\`json\n${JSON.stringify(done)}\n\`\`\`\n`);
  const { result, requests } = await run([words], { agent: 'painter' });
  expect(requests[0]?.body.tools.map(({ name }) => name)).not.toContain('StructuredOutput');
  expect(result).toMatchObject({ kind: 'report', report: done });
});

test('an agent that Claude Code does not know is told apart, before anything is asked', async () => {
  const { result, requests } = await run([], { agent: 'nobody' });
  expect(result).toMatchObject({
    kind: 'failed',
    reason: 'unknown_agent',
    message: expect.stringContaining("--agent 'nobody' not found"),
  });
  expect(requests).toEqual([]);
});

test('an agent without its definition is unknown as well', async () => {
  rmSync(join(cwd, '.claude/agents'), { recursive: true });
  expect((await run([])).result).toMatchObject({ kind: 'failed', reason: 'unknown_agent' });
});

test('an error of the API crashes the agent', async () => {
  const { result } = await run(Array(10).fill(refuse('the paint is gone')));
  expect(result).toMatchObject({
    kind: 'failed',
    reason: 'crashed',
    message: expect.stringContaining('the paint is gone'),
  });
});

const away = { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' };
const plan = { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-dummy' };

test.each([
  ['an API that is away', 200, away, 'outage', 'Connection refused'],
  ['an API that is overloaded', 529, {}, 'outage', '529 Overloaded'],
  ['an API that fails', 500, {}, 'outage', 'API Error: 500'],
  ['a limit of a key', 429, {}, 'limit', 'Request rejected (429)'],
  ['a limit of the server for all', 429, plan, 'limit', 'temporarily limiting requests'],
  ['a key that is not valid', 401, {}, 'access', 'API Error: 401'],
  ['a key that may not', 403, {}, 'access', 'Failed to authenticate'],
  ['nobody logged in', 200, { ANTHROPIC_API_KEY: '' }, 'access', 'Not logged in'],
  ['a model that is not there', 404, {}, 'access', 'issue with the selected model'],
])('%s hinders the agent', async (_, status, env, cause, message) => {
  const { result } = await run(Array(10).fill(refuse('Overloaded', { status })), { env });
  expect(result).toMatchObject({
    kind: 'hindered',
    hindrance: { cause, message: expect.stringContaining(message), resetsAt: null },
  });
});

test('credit that is used up hinders the agent', async () => {
  const { result } = await run([refuse('Your credit balance is too low to access the API')]);
  expect(result).toMatchObject({ kind: 'hindered', hindrance: { cause: 'access' } });
});

test('a limit of a plan tells when it ends', async () => {
  const end = Math.floor(Date.now() / 1_000) + 3_600;
  const headers = {
    'anthropic-ratelimit-unified-status': 'rejected',
    'anthropic-ratelimit-unified-reset': String(end),
    'anthropic-ratelimit-unified-representative-claim': 'five_hour',
  };
  const { result } = await run([refuse('limited', { status: 429, headers })], { env: plan });
  expect(result).toMatchObject({
    kind: 'hindered',
    hindrance: {
      cause: 'limit',
      message: expect.stringContaining('5-hour limit'),
      resetsAt: new Date(end * 1_000).toISOString(),
    },
  });
});

test('Claude Code is asked for the agents that it has, and asks its API nothing', async () => {
  const before = mock.requests.length;
  const home = join(base, 'home');
  mkdirSync(join(home, '.claude/agents'), { recursive: true });
  const text = '---\nname: painter\ndescription: paints\n---\nPaint.\n';
  writeFileSync(join(home, '.claude/agents/any.md'), text);
  // The description is missing.
  define('broken.md', '---\nname: broken\n---\nPaint.\n');
  const runner = new ClaudeRunner({ command: binary });
  const names = [
    'Coding Agent',
    'Code Review Agent',
    'Explore Agent',
    'general-purpose',
    'painter',
  ];
  const unknown = await runner.findUnknown(
    [...names, 'broken', 'nobody', 'a b'],
    { cwd, env: claudeEnvironment({ home, mock }) },
    new AbortController().signal,
  );
  expect(unknown).toEqual(['broken', 'nobody', 'a b']);
  expect(mock.requests).toHaveLength(before);
});

test('a name that Claude Code does have makes it ask its API nothing either', async () => {
  const before = mock.requests.length;
  define('x.md', '---\nname: docket-asks-for-all\ndescription: odd\n---\nx\n');
  const runner = new ClaudeRunner({ command: binary });
  const place = { cwd, env: claudeEnvironment({ home: join(base, 'home'), mock }) };
  const { signal } = new AbortController();
  expect(await runner.findUnknown(['nobody'], place, signal)).toEqual([]);
  expect(mock.requests).toHaveLength(before);
});

test('a budget that is used up crashes the agent, and says what it cost', async () => {
  const { result } = await run([bash('true'), report(done)], { budgetUsd: 0.000_1 });
  expect(result).toMatchObject({
    kind: 'failed',
    reason: 'crashed',
    message: 'Reached maximum budget ($0.0001)',
    costUsd: expect.any(Number),
  });
});

test('a prompt above what the CLI takes is a crashed agent', async () => {
  const { result } = await run([], { prompt: 'x'.repeat(11_000_000) });
  expect(result).toMatchObject({ reason: 'crashed', message: expect.stringContaining('10MB') });
});

test('text of others in a prompt neither attaches files nor gives commands', async () => {
  const secret = join(base, 'secret');
  writeFileSync(secret, 'THE SECRET');
  const ways = ['@P', ' @P', '\n@P', '\t@P', '\u00a0@P', '\u3000@P', '>@P', '(@P)', '"@P"', '@"P"'];
  const more = [
    '。@P',
    '—@P',
    ',@P',
    ';@P',
    '\u2028@P',
    '\u200b@P',
    '@@P',
    '\\@P',
    '\\\\@P',
    '/@P',
  ];
  const mentions = [...ways, ...more].map((way) => way.replace('P', secret)).join(' x\n');
  for (const prompt of [mentions, `/compact ${mentions}`]) {
    const { result, requests } = await run([report(done)], { prompt });
    expect(result).toMatchObject({ kind: 'report' });
    expect(requests).toHaveLength(1);
    expect(JSON.stringify(requests[0]?.body.messages)).not.toContain('THE SECRET');
    expect(requests.map(contextText).join()).not.toContain('starts with the slash command');
  }
});

test('cancelling ends the session and the shell that its agent started', async () => {
  const pidFile = join(base, 'pids');
  const controller = new AbortController();
  const command = `trap '' TERM; echo $$ >'${pidFile}'; while :; do tail -f /dev/null; done`;
  const { signal } = controller;
  const running = run([bash(command)], { signal, permissionMode: 'bypassPermissions' });
  const pids = await readPids(pidFile, 1);
  controller.abort();
  expect((await running).result).toMatchObject({ kind: 'failed', reason: 'cancelled' });
  expect(pids.filter(isRunning)).toEqual([]);
});

test('time that is over ends the session and its shells', async () => {
  const pidFile = join(base, 'pids');
  const command = `echo $$ >'${pidFile}'; tail -f /dev/null`;
  const { result } = await run([bash(command)], {
    timeoutMs: 12_000,
    permissionMode: 'bypassPermissions',
  });
  expect(result).toMatchObject({ kind: 'failed', reason: 'timed_out' });
  expect((await readPids(pidFile, 1)).filter(isRunning)).toEqual([]);
});

test('kill -9 of the process that runs an agent ends its session and its shells', async () => {
  const pidFile = join(base, 'pids');
  const sessionId = randomUUID();
  mock.play(sessionId, [
    bash(`trap '' TERM; echo $$ >'${pidFile}'; while :; do tail -f /dev/null; done`),
  ]);
  const variables = Object.entries(claudeEnvironment({ home: join(base, 'home'), mock }));
  const words = [
    ...[...variables, ['PIDS', pidFile]].map(([name, value]) => `${name}='${value}'`),
    ...[binary, '-p', 'go', '--session-id', sessionId, '--permission-mode', 'bypassPermissions'],
  ];
  const script = `cd '${cwd}'; echo $$ >'${pidFile}.session'; exec env ${words.join(' ')}`;
  const file = fileURLToPath(new URL('run-script-process.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--import', 'tsx', file, script], { stdio: 'ignore' });
  const pids = [...(await readPids(`${pidFile}.session`, 1)), ...(await readPids(pidFile, 1))];
  expect(pids.filter(isRunning)).toEqual(pids);
  parent.kill('SIGKILL');
  await expect.poll(() => pids.filter(isRunning), { timeout: 20_000 }).toEqual([]);
});
