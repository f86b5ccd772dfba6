/** Where a person's and a project's settings files lie, and what docket wrote into them. */
export interface SettingsPlace {
  /** The text of the project's settings with docket's entries and nothing else. */
  readonly installed: string;
  write(file: SettingsName, content: string | Buffer): void;
  /** Takes docket's launcher away, or puts another text in its place. */
  changeLauncher(change: (text: string) => string | undefined, mode?: number): void;
  /** Sets the person's sessions up in all folders, as `docket init --user` does. */
  initUser(): Promise<void>;
}

export type SettingsName = 'user' | 'project' | 'local';

export interface SettingsCase {
  readonly name: string;
  /** Whether a session gets docket's list, measured with 2.1.328 and 2.1.332. */
  readonly runs: boolean;
  arrange(place: SettingsPlace): void | Promise<void>;
}

type Json = Readonly<Record<string, unknown>>;

const make = { type: 'command', command: 'true' };
const guards = [{ matcher: 'Bash', hooks: [make] }];

function runs(name: string, arrange: SettingsCase['arrange']): SettingsCase {
  return { name, runs: true, arrange };
}

function runsNot(name: string, arrange: SettingsCase['arrange']): SettingsCase {
  return { name, runs: false, arrange };
}

/** Settings with docket's entries and more; an event's own groups come first. */
function withMore({ installed }: SettingsPlace, more: Json, events: Json = {}): string {
  const { hooks, permissions, ...rest } = JSON.parse(installed);
  const merged = Object.entries(events).map(([event, groups]) => [
    event,
    Array.isArray(groups) ? [...groups, ...(hooks[event] ?? [])] : groups,
  ]);
  const rules = { ...permissions, ...(more.permissions as Json) };
  return JSON.stringify({
    ...rest,
    ...more,
    hooks: { ...hooks, ...Object.fromEntries(merged) },
    permissions: rules,
  });
}

function withKeys(more: Json): SettingsCase['arrange'] {
  return (place) => place.write('project', withMore(place, more));
}

function withEvents(events: Json): SettingsCase['arrange'] {
  return (place) => place.write('project', withMore(place, {}, events));
}

function withText(change: (text: string) => string | Buffer): SettingsCase['arrange'] {
  return (place) => place.write('project', change(place.installed));
}

/** Values that Claude Code ignores the whole file for, deep in settings that hold others. */
const nested: readonly Json[] = [
  { sandbox: { network: { allowedDomains: 'x' } } },
  { sandbox: { network: { httpProxyPort: 'x' } } },
  { sandbox: { ignoreViolations: 'x' } },
  { sandbox: { enableWeakerNestedSandbox: 'x' } },
  { sandbox: { failIfUnavailable: 'x' } },
  { sandbox: { ripgrep: 'x' } },
  { sandbox: { filesystem: { allowRead: 'x' } } },
  { permissions: { disableAutoMode: true } },
  { permissions: { disableAutoMode: 'x' } },
  { autoMode: 'x' },
  { autoMode: { allow: 'x' } },
  { worktree: { symlinkDirectories: 'x' } },
  { statusLine: { type: 'command', command: 'x', hideVimModeIndicator: 'x' } },
  { defaultView: 'x' },
  { remote: { defaultEnvironmentId: 5 } },
  { sshConfigs: [{}] },
  { strictKnownMarketplaces: [{ source: 'x' }] },
  { pluginConfigs: { a: { mcpServers: 'x' } } },
  { allowedChannelPlugins: [{}] },
  { quietHours: { start: 5 } },
  { voice: { enabled: 'x' } },
];

/** Settings files as people have them, well and badly shaped. */
export const settingsCases: readonly SettingsCase[] = [
  runs('as installed', () => {}),
  runs('with hooks, rules and keys of their owner', (place) =>
    place.write(
      'project',
      withMore(
        place,
        { model: 'claude-opus-5-5', permissions: { defaultMode: 'default', deny: ['WebFetch'] } },
        { PreToolUse: guards, Stop: [{ hooks: [make] }] },
      ),
    ),
  ),

  runsNot(
    'a matcher of PreToolUse that is a number',
    withEvents({ PreToolUse: [{ matcher: 5, hooks: [] }] }),
  ),
  runsNot(
    'a matcher of PreToolUse that is a list',
    withEvents({ PreToolUse: [{ matcher: ['Bash'], hooks: [make] }] }),
  ),
  runsNot(
    'a PreToolUse group without hooks',
    withEvents({ PreToolUse: [{ matcher: 'Bash', hooks: null }] }),
  ),
  runsNot('a PreToolUse hook beside its group', withEvents({ PreToolUse: [make] })),
  runsNot(
    'a PreToolUse hook with a timeout in quotes',
    withEvents({ PreToolUse: [{ hooks: [{ ...make, timeout: '10' }] }] }),
  ),
  runsNot(
    'a PreToolUse hook with a timeout of 0',
    withEvents({ PreToolUse: [{ hooks: [{ ...make, timeout: 0 }] }] }),
  ),
  runsNot(
    'a PreToolUse hook of an unknown type',
    withEvents({ PreToolUse: [{ hooks: [{ type: 'script', command: 'true' }] }] }),
  ),
  runsNot(
    'a PermissionRequest hook without a command',
    withEvents({ PermissionRequest: [{ hooks: [{ type: 'command' }] }] }),
  ),
  runsNot('PermissionRequest with an object', (place) => {
    const value = JSON.parse(place.installed);
    value.hooks.PermissionRequest = { hooks: [make] };
    place.write('project', JSON.stringify(value));
  }),
  runsNot(
    'an unknown event that looks like a group',
    withEvents({ preEditHook: { matcher: 'Edit', hooks: [make] } }),
  ),
  runsNot('PreToolUse at the top level', withKeys({ PreToolUse: guards })),

  runs('a matcher of Stop that is a number', withEvents({ Stop: [{ matcher: 5, hooks: [make] }] })),
  runs('a prompt group that is null', withEvents({ UserPromptSubmit: [null, { hooks: 'odd' }] })),
  runs(
    'unknown and malformed events',
    withEvents({
      preEditHook: { command: 'x' },
      onSave: null,
      Notification: null,
      SubagentStop: 'make',
    }),
  ),
  runs('a guard event that is null', (place) => {
    const value = JSON.parse(place.installed);
    value.hooks.PermissionRequest = null;
    place.write('project', JSON.stringify(value));
  }),

  runsNot('model: null', withKeys({ model: null })),
  runsNot('an unknown permissions.defaultMode', withKeys({ permissions: { defaultMode: 'yolo' } })),
  runsNot('permissions.allow that is text', withKeys({ permissions: { allow: 'Bash' } })),
  runsNot('statusLine that is text', withKeys({ statusLine: 'date' })),
  runsNot('cleanupPeriodDays in quotes', withKeys({ cleanupPeriodDays: '30' })),
  runsNot('sandbox that is text', withKeys({ sandbox: 'on' })),
  runsNot('enabledPlugins that is a list', withKeys({ enabledPlugins: ['a@b'] })),
  runsNot('a schema that is a number', withKeys({ $schema: 7 })),
  ...nested.map((more) => runsNot(JSON.stringify(more), withKeys(more))),
  runs(
    'an event of the name __proto__',
    withText((text) => text.replace('"hooks": {', '"hooks": {"__proto__": {"PreToolUse": 5},')),
  ),
  runs(
    'unknown keys, and keys that Claude Code is lenient with',
    withKeys({ mine: [null], theme: 7, env: { A: 1 }, mcpServers: [] }),
  ),
  runs(
    'permission rules that cannot be read',
    withKeys({ permissions: { deny: [7, 'bash(', null] } }),
  ),
  runs(
    'a key that is there twice',
    withText((text) => text.replace('{', '{"model": null, "model": "claude-opus-5-5",')),
  ),

  runs(
    'a byte order mark',
    withText((text) => `\uFEFF${text}`),
  ),
  runs(
    'UTF-16 with a mark',
    withText((text) => Buffer.from(`\uFEFF${text}`, 'utf16le')),
  ),
  runsNot(
    'UTF-16 in the other order',
    withText((text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()),
  ),
  runs(
    'a character of Latin-1',
    withText((text) => Buffer.from(text.replace('{', '{"language": "français",'), 'latin1')),
  ),
  runsNot(
    'a comment',
    withText((text) => text.replace('{', '{ // mine\n')),
  ),
  runsNot(
    'a trailing comma',
    withText((text) => text.replace(/\}\s*$/, ',}')),
  ),
  runsNot(
    'a file of more than two megabytes',
    withText((text) => text + ' '.repeat(2 * 1024 * 1024)),
  ),
  runsNot(
    'an empty file',
    withText(() => ''),
  ),
  runs(
    'deep nesting',
    withText((text) => text.replace('{', `{"deep": ${'['.repeat(300)}${']'.repeat(300)},`)),
  ),

  runs('a user file that is ignored', (place) =>
    place.write('user', '{"model": null, "disableAllHooks": true}'),
  ),
  runs('a local file that is broken', (place) => place.write('local', '{,}')),
  runs('a project file that is ignored, and a local one with the entries', (place) => {
    place.write('project', '{"model": null}');
    place.write('local', place.installed);
  }),
  runs('the entries for all folders, and a project file without them', async (place) => {
    await place.initUser();
    place.write('project', '{}');
  }),
  runs('the entries for all folders, and a project file that is ignored', async (place) => {
    await place.initUser();
    place.write('project', withMore(place, { model: null }));
  }),
  runs('the entries for all folders and the project’s', (place) => place.initUser()),
  runsNot('disableAllHooks', (place) => place.write('user', '{"disableAllHooks": true}')),
  runs('disableAllHooks that a later file takes back', (place) => {
    place.write('user', '{"disableAllHooks": true}');
    place.write('local', '{"disableAllHooks": false}');
  }),
  runsNot(
    'docket’s own entries with a condition',
    withText((text) => text.replaceAll('"timeout":', '"if": "Bash(*)", "timeout":')),
  ),

  runs(
    'docket’s own matchers widened to all tools',
    withText((text) => text.replaceAll(/"matcher": "Todo[^"]*"/g, '"matcher": "*"')),
  ),
  runs('a launcher without its x bit', (place) => place.changeLauncher((text) => text, 0o644)),
  runs('a launcher with CRLF', (place) =>
    place.changeLauncher((text) => text.replaceAll('\n', '\r\n')),
  ),
  runsNot('no launcher', (place) => place.changeLauncher(() => undefined)),
];
