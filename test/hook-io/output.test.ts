import { expect, test } from 'vitest';
import { type HookAnswer, type HookEvent, renderHookOutput } from '../../lib/hook-io/output.ts';

test.for<[HookEvent, HookAnswer, unknown]>([
  [
    'UserPromptSubmit',
    { context: 'list' },
    { hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: 'list' } },
  ],
  [
    'SessionStart',
    { context: 'rules', systemMessage: 'away' },
    {
      systemMessage: 'away',
      hookSpecificOutput: { hookEventName: 'SessionStart', additionalContext: 'rules' },
    },
  ],
  ['UserPromptSubmit', { systemMessage: 'away' }, { systemMessage: 'away' }],
  [
    'PreToolUse',
    { deny: 'why' },
    {
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: 'why',
      },
    },
  ],
  [
    'PermissionRequest',
    { deny: 'why' },
    {
      hookSpecificOutput: {
        hookEventName: 'PermissionRequest',
        decision: { behavior: 'deny', message: 'why' },
      },
    },
  ],
  [
    'PermissionRequest',
    { allow: true },
    { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } },
  ],
  // Half of a surrogate pair must not make the JSON unreadable.
  [
    'UserPromptSubmit',
    { context: '\ud800' },
    { hookSpecificOutput: { hookEventName: 'UserPromptSubmit', additionalContext: '\ud800' } },
  ],
])('%s answers %j', ([event, answer, output]) => {
  expect(JSON.parse(renderHookOutput(event, answer) ?? '')).toEqual(output);
});

test('nothing to say is no output at all', () => {
  for (const event of ['UserPromptSubmit', 'PreToolUse', 'PermissionRequest'] as const) {
    expect(renderHookOutput(event, {})).toBeUndefined();
  }
});
