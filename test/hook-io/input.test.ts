import { expect, test } from 'vitest';
import { parseHookInput } from '../../lib/hook-io/input.ts';

test('reads what Claude Code writes, and nothing else of it', () => {
  expect(
    parseHookInput(
      JSON.stringify({
        session_id: 'a',
        agent_id: 'b',
        agent_type: 'Explore',
        transcript_path: '/x',
        tool_use_id: 't',
        last_assistant_message: 'done',
        cwd: '/y',
        hook_event_name: 'PreToolUse',
        tool_name: 'TaskCreate',
        tool_input: { subject: 's' },
        source: 'startup',
        reason: 'other',
        later: { fields: true },
      }),
    ),
  ).toEqual({
    session_id: 'a',
    agent_id: 'b',
    agent_type: 'Explore',
    transcript_path: '/x',
    tool_use_id: 't',
    last_assistant_message: 'done',
    cwd: '/y',
    hook_event_name: 'PreToolUse',
    source: 'startup',
    reason: 'other',
    tool_name: 'TaskCreate',
    tool_input: { subject: 's' },
  });
});

test('a field of the wrong type counts as missing', () => {
  expect(
    parseHookInput(
      '{"session_id": 1, "agent_id": {}, "cwd": null, "tool_name": ["x"], "tool_input": []}',
    ),
  ).toEqual({
    session_id: undefined,
    agent_id: undefined,
    cwd: undefined,
    source: undefined,
    reason: undefined,
    tool_name: undefined,
    tool_input: {},
  });
});

test.for(['', '{', 'null', '[]', '"x"', '1', 'true', '{"a":1}{', '{\ufeff}'])(
  '%j is no input',
  (stdin) => {
    expect(parseHookInput(stdin)).toBeUndefined();
  },
);

test('a byte order mark before the input is no part of it', () => {
  expect(parseHookInput('\ufeff{"cwd":"/y"}')).toMatchObject({ cwd: '/y' });
});
