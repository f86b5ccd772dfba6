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
    [{ sandbox: { network: { allowedDomains: 'x' } } }, 'sandbox.network.allowedDomains'],
    [{ sandbox: { network: { httpProxyPort: 'x' } } }, 'sandbox.network.httpProxyPort'],
    [{ sandbox: { network: { allowMachLookup: ['a*b'] } } }, 'sandbox.network.allowMachLookup[0]'],
    [{ sandbox: { network: { tlsTerminate: { caKeyPath: '' } } } }, 'tlsTerminate.caKeyPath'],
    [{ sandbox: { ignoreViolations: 'x' } }, 'sandbox.ignoreViolations'],
    [{ sandbox: { ignoreViolations: { x: 'x' } } }, 'sandbox.ignoreViolations.x must be an array'],
    [{ sandbox: { enableWeakerNestedSandbox: 'x' } }, 'sandbox.enableWeakerNestedSandbox'],
    [{ sandbox: { failIfUnavailable: 'x' } }, 'sandbox.failIfUnavailable must be a boolean'],
    [{ sandbox: { ripgrep: 'x' } }, 'sandbox.ripgrep must be an object'],
    [{ sandbox: { ripgrep: {} } }, 'sandbox.ripgrep.command is missing'],
    [{ sandbox: { filesystem: { allowRead: 'x' } } }, 'sandbox.filesystem.allowRead'],
    [{ sandbox: { windows: { backend: 'x' } } }, 'sandbox.windows.backend must be one of'],
    [
      { sandbox: { credentials: { files: [{ path: '/x', mode: 'x' }] } } },
      'sandbox.credentials.files[0].mode must be one of deny, mask',
    ],
    [
      { sandbox: { credentials: { envVars: [{ name: '9', mode: 'deny' }] } } },
      'sandbox.credentials.envVars[0].name is no name of a variable',
    ],
    [{ permissions: { disableAutoMode: true } }, 'permissions.disableAutoMode must be one of'],
    [{ permissions: { denyInsteadOfPrompting: 'x' } }, 'permissions.denyInsteadOfPrompting'],
    [{ autoMode: 'x' }, 'autoMode must be an object'],
    [{ autoMode: { allow: 'x' } }, 'autoMode.allow must be an array'],
    [{ worktree: { symlinkDirectories: 'x' } }, 'worktree.symlinkDirectories must be an array'],
    [{ worktree: { baseRef: 'x' } }, 'worktree.baseRef must be one of fresh, head'],
    [
      { statusLine: { type: 'command', command: 'x', hideVimModeIndicator: 'x' } },
      'statusLine.hideVimModeIndicator must be a boolean',
    ],
    [{ defaultView: 'x' }, 'defaultView must be one of chat, transcript'],
    [{ axScreenReader: null }, 'axScreenReader must be a boolean'],
    [{ remote: { defaultEnvironmentId: 5 } }, 'remote.defaultEnvironmentId must be a string'],
    [{ remoteTools: { allowUnattendedServing: 5 } }, 'remoteTools.allowUnattendedServing'],
    [{ sshConfigs: [{}] }, 'sshConfigs[0].id is missing'],
    [{ strictKnownMarketplaces: [{ source: 'x' }] }, 'strictKnownMarketplaces[0].source is no'],
    [{ allowedMarketplaces: [{ source: 'x' }] }, 'allowedMarketplaces[0].source is no'],
    [{ blockedMarketplaces: [{ source: 'url', url: 'x' }] }, 'blockedMarketplaces[0].url'],
    [{ pluginConfigs: { a: { mcpServers: 'x' } } }, 'pluginConfigs.a.mcpServers must be'],
    [{ pluginConfigs: { a: { options: { k: [5] } } } }, 'pluginConfigs.a.options.k must be a text'],
    [{ allowedChannelPlugins: [{}] }, 'allowedChannelPlugins[0].marketplace is missing'],
    [{ quietHours: { start: 5 } }, 'quietHours.start must be a string'],
    [{ quietHours: { start: '25:00' } }, 'quietHours.start must be a time'],
    [{ breakReminder: { intervalMinutes: 0 } }, 'breakReminder.intervalMinutes'],
    [{ voice: { enabled: 'x' } }, 'voice.enabled must be a boolean'],
    [{ voice: { mode: 'x' } }, 'voice.mode must be one of hold, tap'],
    [{ attribution: { sessionUrl: 'x' } }, 'attribution must be'],
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
  ['{"hooks": {"__proto__": {"PreToolUse": 5}}}'],
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
  [{ disableDeepLinkRegistration: null, skipAutoPermissionPrompt: null, voice: { mode: 'tap' } }],
  [{ sandbox: { bwrapPath: 5, mine: 'x', ripgrep: { command: 'rg' }, ignoreViolations: {} } }],
  [{ sandbox: { credentials: { envVars: [{ name: 'A', mode: 'deny', extract: 5 }] } } }],
  [{ worktree: { location: 5, bgIsolation: 5 }, quietHours: { start: '7:00', mine: 5 } }],
  [{ statusLine: { type: 'command', command: 'x', refreshInterval: 'x' } }],
  [{ fileSuggestion: { type: 'command', command: 'x', padding: 'x' } }],
  [{ pluginConfigs: { a: { options: { k: ['x'], l: 5, m: true }, mine: 5 } } }],
  [{ strictKnownMarketplaces: [{ source: 'skills-dir' }, { source: 'npm', package: 'x' }] }],
  [{ strictKnownMarketplaces: [], allowedMarketplaces: 'x' }],
  [{ blockedMarketplaces: [{ source: 'pluginDirectory' }, { source: 'file', path: '' }] }],
  [{ theme: 7, viewMode: [], remoteControl: 'x', disableWorkflows: null }],
])('Claude Code reads %j', (value) => expect(whyIgnored(value)).toBeUndefined());
