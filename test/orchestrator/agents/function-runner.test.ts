import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { TaskRequest } from '../../../lib/orchestrator/agents/agent-runner.ts';
import {
  type AgentFunction,
  FunctionRunner,
} from '../../../lib/orchestrator/agents/function-runner.ts';
import { painting } from './painting.ts';

const request: TaskRequest = { ...painting, schema: { type: 'object' }, cwd: '/', env: {} };

/** A runner by a function that answers what its type does not allow, as plain JavaScript may. */
function untyped(call: (...given: Parameters<AgentFunction>) => unknown): FunctionRunner {
  return new FunctionRunner(call as AgentFunction);
}

const never = new AbortController().signal;

test('what the function answers is the report, whatever it is', async () => {
  const painter = untyped(({ agent, prompt }) => ({ agent, done: prompt }));
  expect(await painter.run(request, never)).toEqual({
    kind: 'report',
    report: { agent: 'Coding Agent', done: 'paint the wall' },
  });
  const silent = untyped(async () => null);
  expect(await silent.run(request, never)).toEqual({ kind: 'report', report: null });
});

test('a function without an answer gave no report', async () => {
  const runner = new FunctionRunner(() => undefined);
  expect(await runner.run(request, never)).toMatchObject({ kind: 'failed', reason: 'no_report' });
});

test.each([
  ['throws', () => Promise.reject(new Error('the paint is gone')), 'the paint is gone'],
  [
    'throws at once',
    () => {
      throw 'no wall';
    },
    'no wall',
  ],
])('a function that %s is a crashed agent', async (_, call, message) => {
  const result = await new FunctionRunner(call).run(request, never);
  expect(result).toEqual({ kind: 'failed', reason: 'crashed', message });
});

test('a function that hears its signal ends with the time', async () => {
  const runner = untyped((_, signal) => sleep(60_000, 'late', { signal }));
  const result = await runner.run({ ...request, timeoutMs: 20 }, never);
  expect(result).toMatchObject({ kind: 'failed', reason: 'timed_out' });
});

test('a function that does not hear its signal is not waited for', async () => {
  const runner = new FunctionRunner(() => new Promise(() => {}));
  const late = await runner.run({ ...request, timeoutMs: 20 }, never);
  expect(late).toEqual({ kind: 'failed', reason: 'timed_out', message: 'did not end within 0 s' });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const cancelled = await runner.run(request, controller.signal);
  expect(cancelled).toEqual({ kind: 'failed', reason: 'cancelled', message: 'cancelled' });
});

test('a function is not called when the work is cancelled already', async () => {
  let calls = 0;
  const runner = untyped(() => ++calls);
  const result = await runner.run(request, AbortSignal.abort());
  expect(result).toMatchObject({ kind: 'failed', reason: 'cancelled' });
  expect(calls).toBe(0);
});

test('a time limit of months is not over at once', async () => {
  const runner = untyped(() => sleep(20, 'done'));
  const result = await runner.run({ ...request, timeoutMs: 2 ** 40 }, never);
  expect(result).toEqual({ kind: 'report', report: 'done' });
});
