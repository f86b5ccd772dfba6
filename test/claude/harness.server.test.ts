import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contextText, newContextText, toolResults } from './api-request.ts';
import { trustFolder } from './claude-home.ts';
import { startClaudeConversation } from './conversation.ts';
import { type MockApi, startMockApi } from './mock-api.ts';
import { runClaude } from './run-claude.ts';
import { bash, call, callAll, delegate, say } from './script.ts';

let mock: MockApi;
let base: string;
let home: string;
let cwd: string;

beforeEach(async () => {
  mock = await startMockApi();
  base = await realpath(await mkdtemp(join(tmpdir(), 'docket claude ')));
  home = join(base, 'home');
  cwd = join(base, 'my project');
  await mkdir(join(cwd, '.claude'), { recursive: true });
});

afterEach(async () => {
  await mock.close();
  await rm(base, { recursive: true, force: true, maxRetries: 10 });
});

test.each(['claude-opus-5-5', 'claude-sonnet-4-6'])(
  'the context that a hook prints reaches %s',
  async (model) => {
    await writeSettings({ hooks: { UserPromptSubmit: [await hook('context')] } });
    const run = await runClaude('hello', [say('hi')], { home, cwd, mock, model });
    expect(run.exitCode).toBe(0);
    expect(run.result?.result).toBe('hi');
    expect(run.requests).toHaveLength(1);
    expect(run.requests.map(contextText).join()).toContain('THE-CONTEXT of UserPromptSubmit');
    expect(run.hookEvents.map((each) => [each.hook_event, each.outcome])).toEqual([
      ['UserPromptSubmit', 'success'],
    ]);
  },
);

test('a denied tool call comes back to the model as an error with the reason', async () => {
  await writeSettings({ hooks: { PreToolUse: [await hook('deny', 'TaskCreate')] } });
  const env = { CLAUDE_CODE_ENABLE_TODO_TOOLS: '1' };
  const script = [call('TaskCreate', { subject: 'one', description: 'two' })];
  const run = await runClaude('make a task', script, { home, cwd, mock, env });
  expect(run.requests.flatMap(toolResults)).toEqual([
    {
      tool: 'TaskCreate',
      input: { subject: 'one', description: 'two' },
      text: 'PreToolUse:TaskCreate hook error: THE-REASON',
      isError: true,
    },
  ]);
});

test('a command runs when the trusted project allows it and is refused when untrusted', async () => {
  await writeSettings({ permissions: { allow: ['Bash(touch *)'] } });
  const script = [bash("touch 'a file' && ls")];
  const untrusted = await runClaude('run it', script, { home, cwd, mock });
  expect(untrusted.requests.flatMap(toolResults)).toMatchObject([{ isError: true }]);
  expect(untrusted.stderr).toContain('has not been trusted');

  await trustFolder(home, cwd);
  const trusted = await runClaude('run it', script, { home, cwd, mock });
  expect(trusted.requests.flatMap(toolResults)).toMatchObject([{ text: 'a file', isError: false }]);
});

test('a step can answer from what the model was sent', async () => {
  await writeSettings({ hooks: { UserPromptSubmit: [await hook('context')] } });
  const echo = runClaude(
    'say it back',
    [(request) => say(/THE-CONTEXT \w+/.exec(contextText(request))?.[0] ?? 'nothing')],
    { home, cwd, mock },
  );
  expect((await echo).result?.result).toBe('THE-CONTEXT of');
});

test('a conversation is one session, and each prompt shows the context that is new', async () => {
  await writeSettings({ hooks: { UserPromptSubmit: [await hook('context')] } });
  const conversation = startClaudeConversation({ home, cwd, mock });
  const first = await conversation.send('one', [bash('true'), say('first')]);
  const second = await conversation.send('two', [say('second')]);
  expect(await conversation.end()).toBe(0);
  expect([first.result.result, second.result.result]).toEqual(['first', 'second']);
  expect([first.requests.length, second.requests.length]).toEqual([2, 1]);
  const context = second.requests.map(contextText).join();
  const newContext = second.requests.map(newContextText).join();
  expect(context.split('THE-CONTEXT')).toHaveLength(3);
  expect(newContext.split('THE-CONTEXT')).toHaveLength(2);
});

test('subagents side by side each follow their own script', async () => {
  const work = callAll([
    delegate('paint the left wall', [bash('echo left'), say('left is done')]),
    delegate('paint the right wall', [bash('echo right'), say('right is done')]),
  ]);
  const run = await runClaude('paint', [work], { home, cwd, mock });
  // In the order in which the subagents ended, so that each is found by what it was asked.
  const reports = new Map(
    run.requests.flatMap(toolResults).map((each) => [each.input.prompt, each.text]),
  );
  expect(reports.get('paint the left wall')).toContain('left is done');
  expect(reports.get('paint the right wall')).toContain('right is done');
  const outputs = mock.subagentRequests(run.sessionId).flatMap(toolResults);
  expect(outputs.map((each) => each.text).sort()).toEqual(['left', 'right']);
});

test('two sessions at once do not hear each other', async () => {
  const names = ['one', 'two'];
  const runs = names.map((name) =>
    runClaude(name, [bash(`echo ${name}`), say(name)], { home, cwd, mock }),
  );
  const results = (await Promise.all(runs)).map((run) => run.result?.result);
  expect(results).toEqual(names);
});

test('nothing of the surrounding environment reaches hooks', async () => {
  await writeSettings({ hooks: { UserPromptSubmit: [await hook('environment')] } });
  process.env.DOCKET_STRAY = 'stray';
  const run = await runClaude('hello', [], { home, cwd, mock, env: { DOCKET_GIVEN: 'given' } });
  delete process.env.DOCKET_STRAY;
  expect(run.requests.map(contextText).join()).toContain('given=given stray=.');
});

test('a run that does not end is ended with the hook that it waits for', async () => {
  const pidFile = join(base, 'pid');
  const hanging = join(cwd, 'hang');
  await writeFile(hanging, `#!/bin/sh\necho $$ >'${pidFile}'\nexec sleep 600\n`);
  await chmod(hanging, 0o755);
  await writeSettings({
    hooks: { UserPromptSubmit: [{ hooks: [{ type: 'command', command: hanging, args: [] }] }] },
  });
  await expect(runClaude('hello', [], { home, cwd, mock, timeoutMs: 3_000 })).rejects.toThrow(
    'did not end within 3000 ms',
  );
  const pid = Number(await readFile(pidFile, 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test('a killed conversation ends as by a crash, without a SessionEnd hook', async () => {
  const trace = join(base, 'trace');
  const entry = { type: 'command', command: '/usr/bin/touch', args: [trace], timeout: 5 };
  await writeSettings({ hooks: { SessionEnd: [{ hooks: [entry] }] } });
  const crashed = startClaudeConversation({ home, cwd, mock });
  await crashed.send('hello', [say('hi')]);
  await crashed.kill();
  expect(existsSync(trace)).toBe(false);
  const ended = startClaudeConversation({ home, cwd, mock });
  await ended.send('hello', [say('hi')]);
  await ended.end();
  expect(existsSync(trace)).toBe(true);
});

test('a script that throws fails the run, not the mock', async () => {
  const broken = () => {
    throw new Error('the script is wrong');
  };
  await expect(runClaude('hello', [broken], { home, cwd, mock })).rejects.toThrow(
    'the script is wrong',
  );
  const next = await runClaude('hello', [say('still here')], { home, cwd, mock });
  expect(next.result?.result).toBe('still here');
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function writeSettings(settings: object): Promise<void> {
  await writeFile(join(cwd, '.claude', 'settings.json'), JSON.stringify(settings));
}

const answers = {
  context: {
    hookEventName: 'UserPromptSubmit',
    additionalContext: 'THE-CONTEXT of UserPromptSubmit',
  },
  deny: {
    hookEventName: 'PreToolUse',
    permissionDecision: 'deny',
    permissionDecisionReason: 'THE-REASON',
  },
  environment: {
    hookEventName: 'UserPromptSubmit',
    additionalContext: 'given=$DOCKET_GIVEN stray=$DOCKET_STRAY.',
  },
};

/** A hook that prints its answer, as a settings entry. */
async function hook(name: keyof typeof answers, matcher = ''): Promise<object> {
  const file = join(cwd, '.claude', name);
  const output = JSON.stringify({ hookSpecificOutput: answers[name] });
  await writeFile(file, `#!/bin/sh\ncat >/dev/null\ncat <<EOF\n${output}\nEOF\n`);
  await chmod(file, 0o755);
  const command = `\${CLAUDE_PROJECT_DIR}/.claude/${name}`;
  return { matcher, hooks: [{ type: 'command', command, args: [], timeout: 5 }] };
}
