import { expect, test } from 'vitest';
import { readClaudeEnd } from '../../../lib/orchestrator/agents/read-claude-end.ts';

// The events are what Claude Code 2.1.328 and 2.1.332 printed, shortened; those of the real one are
// in claude-runner.server.test.ts.

interface Refused {
  readonly error: string;
  readonly result: string;
  readonly limit?: object;
}

function read({ error, result, limit }: Refused, more: object = {}) {
  const events = [
    { type: 'system', subtype: 'init' },
    ...(limit === undefined ? [] : [{ type: 'rate_limit_event', rate_limit_info: limit }]),
    { type: 'assistant', message: {}, parent_tool_use_id: null, error },
    { type: 'result', subtype: 'success', is_error: true, result, total_cost_usd: 0.5, ...more },
  ];
  const stdout = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  return readClaudeEnd({ code: 1, stdout, stderr: '' });
}

const limitText = "You've hit your 5-hour limit · resets 9:38pm (UTC)";
const overloaded = 'API Error: 529 Overloaded. This is a server-side issue';

test.each([
  ['rate_limit', 'limit', 'API Error: Request rejected (429) · rate limited'],
  ['server_error', 'outage', overloaded],
  ['authentication_failed', 'access', 'Not logged in · Please run /login'],
  ['billing_error', 'access', 'Credit balance is too low'],
  ['model_not_found', 'access', "There's an issue with the selected model"],
])('%s is told from a failure of the task as %s', (error, cause, result) => {
  expect(read({ error, result })).toEqual({
    kind: 'hindered',
    hindrance: { cause, message: result, resetsAt: null },
    costUsd: 0.5,
  });
});

test('the time is kept at which a limit ends', () => {
  const limit = { status: 'rejected', resetsAt: 1_795_902_036, rateLimitType: 'five_hour' };
  expect(read({ error: 'rate_limit', result: limitText, limit })).toMatchObject({
    hindrance: { cause: 'limit', resetsAt: '2026-11-28T21:40:36.000Z' },
  });
});

test.each([
  [{ status: 'rejected', isUsingOverage: false }],
  [{ status: 'allowed_warning', resetsAt: 1_795_902_036 }],
  [{ status: 'rejected', resetsAt: 'soon' }],
  [{ status: 'rejected', resetsAt: 1e300 }],
])('a limit without a time has none: %j', (limit) => {
  expect(read({ error: 'rate_limit', result: limitText, limit })).toMatchObject({
    hindrance: { cause: 'limit', resetsAt: null },
  });
});

const regained = 'You will regain access on 2026-12-01 at 00:00 UTC.';
const specified = `API Error: 400 You have reached your specified API usage limits. ${regained}`;

test.each<[string, string, string | null]>([
  [specified, 'limit', '2026-12-01T00:00:00.000Z'],
  ['Claude AI usage limit reached|1795902036', 'limit', '2026-11-28T21:40:36.000Z'],
  ["You've hit your limit · resets 3pm (UTC)", 'limit', null],
  [limitText, 'limit', null],
  ['API Error: 402 Payment required', 'access', null],
  ['API Error: 407 Proxy Authentication Required', 'access', null],
  ['API Error: 408 Request timeout', 'outage', null],
  ['API Error: 409 Conflict', 'outage', null],
  ['API Error: 529 overloaded_error', 'outage', null],
])('what has no word of its own is read from its text: %s', (result, cause, resetsAt) => {
  const hindrance = { cause, message: result, resetsAt };
  expect(read({ error: 'unknown', result })).toMatchObject({ kind: 'hindered', hindrance });
  const printed = { stdout: '', stderr: '' };
  const expected = { kind: 'hindered', hindrance };
  expect(readClaudeEnd({ ...printed, code: 1, stdout: `${result}\n` })).toEqual(expected);
  expect(readClaudeEnd({ ...printed, code: 1, stderr: `Warning: x\n${result}\n` })).toEqual(
    expected,
  );
});

test('an older Claude Code gives the limit as the agent’s last words', () => {
  const result = 'Claude AI usage limit reached|1795902036';
  const line = JSON.stringify({ type: 'result', subtype: 'success', is_error: false, result });
  expect(readClaudeEnd({ code: 0, stdout: line, stderr: '' })).toMatchObject({ kind: 'hindered' });
});

test('the word counts whatever the subtype, and where the result is missing', () => {
  const more = { subtype: 'error_during_execution', errors: ['Request was rejected'] };
  expect(read({ error: 'rate_limit', result: '' }, more)).toMatchObject({
    kind: 'hindered',
    hindrance: { cause: 'limit', message: 'Request was rejected' },
  });
  const stdout = JSON.stringify({ type: 'assistant', error: 'server_error' });
  expect(readClaudeEnd({ code: 1, stdout, stderr: '' })).toMatchObject({
    hindrance: { cause: 'outage' },
  });
});

test.each([
  'API Error: 400 prompt is too long',
  'API Error: 413 too large',
  'The test says: API Error: 529',
  'I mended what happens once you have hit your limit',
])('other words are the task itself: %s', (result) => {
  expect(read({ error: 'unknown', result })).toMatchObject({ reason: 'crashed' });
  expect(readClaudeEnd({ code: 1, stdout: result, stderr: '' })).toMatchObject({
    reason: 'crashed',
  });
});

test.each(['invalid_request', 'unknown', 'constructor'])('%s is the task itself', (error) => {
  expect(read({ error, result: 'prompt is too long' })).toMatchObject({
    kind: 'failed',
    reason: 'crashed',
  });
});

test('a report counts although the API refused something', () => {
  const report = { status: 'completed' };
  const limit = { status: 'rejected', resetsAt: 1_795_902_036 };
  const result = read({ error: 'rate_limit', result: '', limit }, { structured_output: report });
  expect(result).toMatchObject({ kind: 'report', report });
});

test('what a subagent met, or the agent got over, hinders nothing', () => {
  const events = [
    { type: 'assistant', parent_tool_use_id: null, error: 'server_error' },
    { type: 'assistant', parent_tool_use_id: null },
    { type: 'assistant', parent_tool_use_id: 'toolu_1', error: 'rate_limit' },
    { type: 'result', subtype: 'success', is_error: true, result: 'it broke' },
  ];
  const stdout = events.map((event) => `${JSON.stringify(event)}\n`).join('');
  expect(readClaudeEnd({ code: 1, stdout, stderr: '' })).toMatchObject({ reason: 'crashed' });
});

test('a budget that is used up is the task itself', () => {
  const more = { subtype: 'error_max_budget_usd', errors: ['Reached maximum budget ($1)'] };
  expect(read({ error: 'rate_limit', result: '' }, more)).toMatchObject({ reason: 'crashed' });
});
