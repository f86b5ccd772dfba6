import { describe, expect, test } from 'vitest';
import { readClaudeFile } from '../../../lib/settings/claude/read-claude-file.ts';

// Each case was tried with the real CLI, 2.1.328 and 2.1.332; settings-files.server.test.ts tries
// a part of them again.

function whyIgnored(value: unknown): string | undefined {
  return readClaudeFile(typeof value === 'string' ? value : JSON.stringify(value)).ignored;
}

const group = { matcher: 'Edit', hooks: [{ type: 'command', command: 'make' }] };

describe('a whole file is ignored for', () => {
  test.each<[unknown, string]>([
    [{ PreToolUse: [{ matcher: 5, hooks: [] }] }, 'hooks.PreToolUse[0].matcher must be a string'],
    [{ PreToolUse: [{ matcher: ['Bash'], hooks: [] }] }, 'hooks.PreToolUse[0].matcher'],
    [{ PermissionRequest: [{ matcher: null, hooks: [] }] }, 'hooks.PermissionRequest[0].matcher'],
    [{ PreToolUse: {} }, 'hooks.PreToolUse must be an array'],
    [{ PreToolUse: 'make' }, 'hooks.PreToolUse must be an array'],
    [{ PreToolUse: [null] }, 'hooks.PreToolUse[0] must be an object'],
    [{ PreToolUse: [{ matcher: 'Bash' }] }, 'hooks.PreToolUse[0] must be an object with an array'],
    [{ PreToolUse: [{ hooks: {} }] }, 'hooks.PreToolUse[0] must be an object with an array'],
    [{ PreToolUse: [group, { hooks: [null] }] }, 'hooks.PreToolUse[1].hooks[0] must be an object'],
    [{ Stop: { PreToolUse: [group] } }, 'hooks.Stop must be an array'],
    [{ Stop: [{ PreToolUse: [group] }] }, 'hooks.Stop[0] holds hooks that guard permissions'],
    [{ preEditHook: group }, 'hooks.preEditHook is no event and holds hooks'],
    [{ mine: [{ PermissionRequest: 'x' }] }, 'hooks.mine is no event and holds hooks'],
    [[group], 'hooks must be an object'],
    [group, 'hooks must be an object'],
  ])('hooks: %j', (hooks, why) => expect(whyIgnored({ hooks })).toContain(why));

  test.each<[object, string]>([
    [{ command: 'make' }, '.type must be one of command, prompt, agent, http, mcp_tool'],
    [{ type: 'script' }, '.type must be one of'],
    [{ type: 'constructor' }, '.type must be one of'],
    [{ type: 'command' }, '.command is missing'],
    [{ type: 'command', command: ['make'] }, '.command must be a string'],
    [{ type: 'command', command: 'make', args: 'x' }, '.args must be an array'],
    [{ type: 'command', command: 'make', args: [1] }, '.args[0] must be a string'],
    [{ type: 'command', command: 'make', timeout: '10' }, '.timeout must be a number'],
    [{ type: 'command', command: 'make', timeout: 0 }, '.timeout must be more than 0'],
    [{ type: 'command', command: 'make', async: 'yes' }, '.async must be a boolean'],
    [{ type: 'command', command: 'make', shell: 'zsh' }, '.shell must be one of bash, powershell'],
    [{ type: 'command', command: 'make', onFailure: 'x' }, '.onFailure must be one of'],
    [{ type: 'prompt' }, '.prompt is missing'],
    [{ type: 'http', url: 'nope' }, '.url is not a URL'],
    [{ type: 'mcp_tool', tool: 't' }, '.server is missing'],
  ])('a hook of PreToolUse: %j', (hook, why) => {
    const hooks = { PreToolUse: [{ hooks: [hook] }] };
    expect(whyIgnored({ hooks })).toContain(`hooks.PreToolUse[0].hooks[0]${why}`);
    expect(whyIgnored({ hooks: { PostToolUse: hooks.PreToolUse } })).toBeUndefined();
  });

  test.each<[object, string]>([
    [{ PreToolUse: [group] }, 'hooks that guard permissions stand outside "hooks"'],
    [{ mine: { deep: group } }, 'hooks that guard permissions stand outside "hooks"'],
    [{ model: null }, 'model must be a string'],
    [{ statusLine: 'date' }, 'statusLine must be an object'],
    [{ statusLine: { type: 'static', command: 'x' } }, 'statusLine.type must be one of command'],
    [{ permissions: { defaultMode: 'yolo' } }, 'permissions.defaultMode must be one of'],
    [{ permissions: { allow: 'Bash' } }, 'permissions.allow must be an array'],
    [{ permissions: { additionalDirectories: [1] } }, 'permissions.additionalDirectories[0]'],
    [{ cleanupPeriodDays: '30' }, 'cleanupPeriodDays must be a number'],
    [{ cleanupPeriodDays: 0 }, 'cleanupPeriodDays must be more than 0'],
    [{ sandbox: 'on' }, 'sandbox must be an object'],
    [{ sandbox: { enabled: 'yes' } }, 'sandbox.enabled must be a boolean'],
    [{ sandbox: { filesystem: { allowWrite: 'x' } } }, 'sandbox.filesystem.allowWrite'],
    [{ enabledPlugins: ['a@b'] }, 'enabledPlugins must be'],
    [{ enabledPlugins: { 'a@b': 'yes' } }, 'enabledPlugins.a@b must be a boolean or a list'],
    [{ attribution: { commit: 5 } }, 'attribution must be'],
    [{ disableAllHooks: 'true' }, 'disableAllHooks must be a boolean'],
    [{ env: [] }, 'env must be an object'],
    [{ $schema: 5 }, '$schema must be a string'],
  ])('%j', (value, why) => expect(whyIgnored(value)).toContain(why));

  test.each([
    ['{"a": 1, // mine\n}', 'a comment where a key in double quotes is expected'],
    ['{"a": 1,}', 'a comma before "}"'],
    ['\uFEFF\uFEFF{}', 'is broken at line 1'],
    ['{"a": "\u0001"}', 'is broken at line 1'],
    ['{\u00a0}', 'is broken at line 1'],
    ['[]', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
  ])('%j', (text, why) => expect(whyIgnored(text)).toContain(why));
});

test.each<[unknown]>([
  [''],
  [' \n'],
  ['\uFEFF{}'],
  ['{"model": null, "model": "opus"}'],
  [{ hooks: null }],
  [{ hooks: [] }],
  [{ hooks: { PreToolUse: null, Notification: null, Stop: 'make', Setup: {} } }],
  [{ hooks: { PreToolUse: [{ matcher: '(((', hooks: [] }] } }],
  [{ hooks: { preEditHook: { command: 'make' }, mine: [group] } }],
  [{ hooks: { Stop: [null, { hooks: [{ type: 'x' }] }, { matcher: 5, hooks: [] }] } }],
  [{ PreToolUse: null, Stop: [group], unknown: [null, { a: 1 }] }],
  [{ env: { A: 1, PreToolUse: 'x' }, mcpServers: { PreToolUse: { hooks: [1] } } }],
  [{ permissions: { allow: [5, null, 'bash('], mine: 1 } }],
  [{ theme: 7, viewMode: [], remoteControl: 'x', disableWorkflows: null }],
])('Claude Code reads %j', (value) => expect(whyIgnored(value)).toBeUndefined());
