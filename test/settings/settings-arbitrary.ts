import fc from 'fast-check';
import { startScript } from '../../lib/settings/own-entries.ts';
import type { SettingsTemplate } from '../../lib/settings/settings-template.ts';
import { anyCharacter } from '../render/nasty-text.ts';

const templateEvents = ['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PermissionRequest'];
const foreignEvents = ['Stop', 'Notification', 'Événement'];
const launcher = '/home/alice/web/.claude/docket/hook';

const anyLauncher = fc.constantFrom(launcher, '/home/alice/.local/share/docket/current/hook');

/** The starts of the launcher, the oldest first. */
const ownStart = fc
  .tuple(anyLauncher, fc.constantFrom(['prompt'], ['deny', '--x']))
  .chain(([file, args]) =>
    fc.constantFrom(
      { command: file, args },
      { command: 'sh', args: [file, ...args] },
      { command: 'sh', args: ['-c', startScript, file, ...args] },
    ),
  );

const ownHook = fc
  .tuple(ownStart, fc.record({ timeout: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: [] }))
  .map(([start, rest]) => ({ type: 'command', ...start, ...rest }));

const ownAllow = fc.constantFrom(
  'Bash(docket create *)',
  'Bash(docket list *)',
  'Bash(docket ready)',
  'Bash(docket work-item *)',
);
const ownAsk = fc.constantFrom('TodoWrite', 'TaskCreate', 'TaskUpdate', 'TaskList', 'TaskGet');

/** Templates of docket, past and future. */
export const anyTemplate: fc.Arbitrary<SettingsTemplate> = fc.record(
  {
    hooks: fc
      .uniqueArray(fc.constantFrom(...templateEvents), { minLength: 1 })
      .chain((events) =>
        fc.record(
          Object.fromEntries(
            events.map((event) => [
              event,
              fc.array(group(ownHook, 1), { minLength: 1, maxLength: 2 }),
            ]),
          ),
        ),
      ),
    permissions: fc.record(
      {
        allow: fc.uniqueArray(ownAllow),
        ask: fc.uniqueArray(ownAsk),
        deny: fc.uniqueArray(ownAsk),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['hooks'] },
);

/** Entries that look like docket's at a glance and belong to somebody else. */
export const ownLikeHooks = [
  { type: 'command', command: 'echo .claude/docket/hook' },
  { type: 'command', command: '.claude/docket/hooks/format' },
  { type: 'command', command: '/opt/mydocket/current/hook' },
  { type: 'command', command: '/x/.claude/docket/hook prompt; rm notes' },
  { type: 'command', command: 'node', args: ['/x/.claude/docket/hook'] },
  { type: 'command', command: 'sh', args: ['-c', '/x/.claude/docket/hook'] },
  { type: 'http', command: launcher, url: 'http://192.0.2.1/hook' },
  { command: launcher },
];

const foreignHook = fc.oneof(
  fc.constantFrom(...ownLikeHooks),
  fc.record(
    { type: fc.constant('command'), command: fc.string({ unit: anyCharacter }), timeout: fc.nat() },
    { requiredKeys: ['type', 'command'] },
  ),
);

export const foreignGroup = fc.oneof(
  { arbitrary: group(foreignHook, 0), weight: 5 },
  { arbitrary: fc.constantFrom({ matcher: 'Bash' }, 'odd', null, { hooks: 'odd' }), weight: 1 },
);

const foreignRule = fc.oneof(
  fc.constantFrom(
    'Bash(docket init *)',
    'Bash(docket trust *)',
    'Bash(docket list:*)',
    'Bash(docket *)',
    'TaskCreated',
    'Read(./**)',
  ),
  fc.string(),
  fc.constantFrom(7, null),
);

interface Leanings {
  /** Whether there may be empty containers, and rules that look like docket's. */
  readonly isAmbiguous: boolean;
}

/** The values of settings files as people have them before docket. */
export function anySettings({ isAmbiguous }: Leanings): fc.Arbitrary<object> {
  const minLength = isAmbiguous ? 0 : 1;
  const array = (item: fc.Arbitrary<unknown>) => fc.array(item, { minLength, maxLength: 3 });
  const list = (own: fc.Arbitrary<string>) =>
    array(isAmbiguous ? fc.oneof(foreignRule, own) : foreignRule);
  const isFull = (value: object) => isAmbiguous || Object.keys(value).length > 0;
  const groups = array(foreignGroup);
  const nothing = isAmbiguous ? [fc.constantFrom(null, {})] : [];
  const hooks = fc
    .tuple(
      dictionary(templateEvents, fc.oneof({ arbitrary: groups, weight: 6 }, ...nothing)),
      dictionary(foreignEvents, fc.oneof(groups, fc.jsonValue())),
    )
    .map(([own, foreign]) => ({ ...own, ...foreign }));
  const permissions = fc.record(
    {
      allow: list(ownAllow),
      defaultMode: fc.constant('plan'),
      ask: list(ownAsk),
      deny: list(ownAsk),
    },
    { requiredKeys: [] },
  );
  return fc
    .record(
      {
        $schema: fc.constant('https://example.com/schema.json'),
        hooks: hooks.filter(isFull),
        env: fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: anyCharacter })),
        permissions: permissions.filter(isFull),
        ключ: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    .filter(isFull)
    .chain((value) =>
      fc.shuffledSubarray(Object.entries(value), { minLength: Object.keys(value).length }),
    )
    .map((entries) => Object.fromEntries(entries));
}

/** Each key, or not, with a value. */
function dictionary(keys: readonly string[], value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
}

function group<T>(hook: fc.Arbitrary<T>, minLength: number) {
  return fc.record(
    {
      matcher: fc.constantFrom('*', 'TaskCreate|TodoWrite'),
      hooks: fc.array(hook, { minLength, maxLength: 2 }),
    },
    { requiredKeys: ['hooks'] },
  );
}
