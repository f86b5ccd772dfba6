import { expect, test } from 'vitest';
import { readHooks } from '../../../lib/settings/claude/read-hooks.ts';

function loaded(hooks: unknown): readonly unknown[] {
  return readHooks(hooks).loaded.map(({ event, matcher, hook }) => [event, matcher, hook.command]);
}

const make = { type: 'command', command: 'make' };

test('the hooks that Claude Code can run are listed with their event and matcher', () => {
  expect(
    loaded({ Stop: [{ hooks: [make] }], PreToolUse: [{ matcher: 'Bash', hooks: [make] }] }),
  ).toEqual([
    ['Stop', undefined, 'make'],
    ['PreToolUse', 'Bash', 'make'],
  ]);
});

test('it passes over what it cannot load, and runs what stands beside it', () => {
  const broken = [
    null,
    { matcher: 5, hooks: [make] },
    { hooks: [{ ...make, timeout: '3' }, make] },
  ];
  expect(loaded({ Stop: broken, Notification: null, preEditHook: [{ hooks: [make] }] })).toEqual([
    ['Stop', undefined, 'make'],
  ]);
});

test('a hook with a condition runs at tool calls alone', () => {
  const hooks = [{ ...make, if: 'Bash(git *)' }];
  expect(loaded({ UserPromptSubmit: [{ hooks }], PreToolUse: [{ hooks }] })).toEqual([
    ['PreToolUse', undefined, 'make'],
  ]);
});
