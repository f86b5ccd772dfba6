import { expect, test } from 'vitest';
import { readClaudeEnd } from '../../../lib/orchestrator/agents/read-claude-end.ts';

// The lines are what Claude Code 2.1.328 printed, shortened.

function read(event: object, code = 0) {
  const all = { type: 'result', subtype: 'success', is_error: false, ...event };
  return readClaudeEnd({ code, stdout: `${JSON.stringify(all)}\n`, stderr: '' });
}

test('structured output is the report, whatever the exit code', () => {
  const event = { structured_output: { status: 'completed' }, result: '{"status":"completed"}' };
  const expected = { kind: 'report', report: { status: 'completed' } };
  expect(read(event)).toEqual(expected);
  expect(read(event, 1)).toEqual(expected);
});

test.each([
  ['{"status":"completed"}'],
  ['Here it is.\n```json\n{"status":"completed"}\n```\nThat is all.'],
  ['```\n{"status":"failed"}\n```\nNo:\n```json\n{"status":"completed"}\n```'],
])('a report can be the last words: %j', (result) => {
  expect(read({ result })).toEqual({ kind: 'report', report: { status: 'completed' } });
});

test.each(['done', '```json\n{"status":\n```', '[1]', '"completed"', 'null', ''])(
  'the words %j are no report',
  (result) => {
    expect(read({ result, total_cost_usd: 0.5 })).toMatchObject({
      kind: 'failed',
      reason: 'no_report',
      message: expect.stringContaining(result),
      costUsd: 0.5,
    });
  },
);

test('an agent without a report says what it was refused', () => {
  const denials = [{ tool_name: 'Bash' }, { tool_name: 'Write' }, { tool_name: 'Bash' }];
  expect(read({ result: 'I may not', permission_denials: denials })).toEqual({
    kind: 'failed',
    reason: 'no_report',
    message: 'ended without a report, after it was refused Bash, Write, with the words: I may not',
  });
});

test('output that never fits the schema is no report', () => {
  const error = 'Failed to provide valid structured output after 5 attempts';
  const subtype = 'error_max_structured_output_retries';
  expect(read({ subtype, is_error: true, errors: [error] }, 1)).toEqual({
    kind: 'failed',
    reason: 'no_report',
    message: error,
  });
});

test.each([
  [{ subtype: 'error_max_budget_usd', errors: ['Reached maximum budget ($1)'] }, 'Reached maximum'],
  [{ result: 'API Error: Connection refused' }, 'API Error: Connection refused'],
  [{ result: '{"status":"completed"}' }, '{"status"'],
  [{ subtype: 'error_during_execution' }, 'error_during_execution'],
])('an error ends as crashed: %j', (event, message) => {
  expect(read({ is_error: true, ...event }, 1)).toMatchObject({
    kind: 'failed',
    reason: 'crashed',
    message: expect.stringContaining(message),
  });
});

test('an agent that Claude Code does not know is told apart', () => {
  const stderr = "Warning: x\n--agent 'nobody' not found. Available agents: claude, Explore\n";
  expect(readClaudeEnd({ code: 1, stdout: '', stderr })).toEqual({
    kind: 'failed',
    reason: 'unknown_agent',
    message: "--agent 'nobody' not found. Available agents: claude, Explore",
  });
});

test('a start that fails shows the end of what was said', () => {
  const stderr = `${'x'.repeat(5_000)}\nthe end\n`;
  const end = readClaudeEnd({ code: 1, stdout: 'nonsense\n{"type":"other"}\n{', stderr });
  expect(end).toMatchObject({ kind: 'failed', reason: 'crashed' });
  expect(end).toMatchObject({ message: expect.stringMatching(/the end$/) });
  expect(end.kind === 'failed' && end.message.length).toBeLessThan(2_100);
});

test('an end without a word of why shows what was printed instead of a result', () => {
  const end = (stdout: string) => readClaudeEnd({ code: 0, stdout, stderr: '\n' });
  expect(end('not json\n')).toMatchObject({
    message: 'Claude Code ended with exit code 0 and no result: not json',
  });
  expect(end('')).toMatchObject({ message: 'Claude Code ended with exit code 0 and no result' });
});

test('the result is the last line that is one', () => {
  const event = {
    type: 'result',
    subtype: 'success',
    is_error: false,
    structured_output: { n: 2 },
  };
  const line = JSON.stringify(event);
  const earlier = line.replace('2', '1');
  const stdout = `hello\n${earlier}\n${line}\n\ntrailing words\n`;
  expect(readClaudeEnd({ code: 0, stdout, stderr: '' })).toEqual({
    kind: 'report',
    report: { n: 2 },
  });
});
