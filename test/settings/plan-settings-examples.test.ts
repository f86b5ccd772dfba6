import { describe, expect, test } from 'vitest';
import { InstallRecord } from '../../lib/settings/install-record.ts';
import { planInstall, planUninstall } from '../../lib/settings/plan-settings.ts';
import type { SettingsTemplate } from '../../lib/settings/settings-template.ts';

const ownHook = { type: 'command', command: '/web/.claude/docket/hook', args: ['prompt'] };
const ownGroup = { hooks: [ownHook] };
const template: SettingsTemplate = {
  hooks: { UserPromptSubmit: [ownGroup] },
  permissions: { allow: ['Bash(docket list *)'], ask: ['TaskCreate'] },
};

test('a new file has two spaces and a final newline, and uninstall deletes it', () => {
  const plan = planInstall(undefined, template);
  expect(plan).toEqual({
    text: `${JSON.stringify(template, null, 2)}\n`,
    changed: true,
    record: {},
  });
  expect(planUninstall(plan.text)).toEqual({ text: undefined, changed: true });
});

test('what is added has the indent and the line ends of the file', () => {
  const text = '{\r\n\t"hooks": {\r\n\t\t"Stop": []\r\n\t},\r\n\t"model": "opus"\r\n}';
  const onlyHooks = { hooks: { Stop: [ownGroup], SessionEnd: [ownGroup] } };
  const added = JSON.stringify({ ...onlyHooks, model: 'opus' }, null, '\t');
  expect(planInstall(text, onlyHooks).text).toBe(added.replaceAll('\n', '\r\n'));
});

test('a line of somebody’s own making keeps its bytes', () => {
  const text = '{ "permissions": {"ask": ["WebFetch"  ] } }\n';
  expect(planInstall(text, { ...template, permissions: { ask: ['TaskGet'] } }).text).toBe(
    `{ "permissions": {"ask": ["WebFetch",\n  "TaskGet"  ] },\n  "hooks": ${JSON.stringify(
      template.hooks,
      null,
      2,
    ).replaceAll('\n', '\n  ')} }\n`,
  );
});

test('an indent wider than JSON.stringify can write is kept to', () => {
  const unit = ' '.repeat(12);
  const { text } = planInstall(`{\n${unit}"model": "opus"\n}`, { hooks: template.hooks });
  expect(text).toContain(
    `\n${unit.repeat(4)}"hooks": [\n${unit.repeat(5)}{\n${unit.repeat(6)}"type"`,
  );
});

describe('the record', () => {
  const text = '{"permissions": {"ask": ["TaskCreate"], "allow": [ ]}}';
  const { text: installed, record } = planInstall(text, template);

  test('names the rules that were there, and containers that were empty, and fits its schema', () => {
    expect(record).toEqual({
      kept: { ask: ['TaskCreate'] },
      empties: { 'permissions.allow': '[ ]' },
    });
    expect(InstallRecord.parse(record)).toEqual(record);
    expect(planUninstall(installed, { record }).text).toBe(text);
  });

  test('when lost makes uninstall take every rule that looks like docket’s, and what is empty', () => {
    expect(planUninstall(installed).text).toBeUndefined();
  });

  test('forgets a rule that its owner took out, and docket put in', () => {
    const without = installed.replace('"TaskCreate"', '"WebFetch"');
    const again = planInstall(without, template, { record });
    expect(again.record).toEqual({ empties: { 'permissions.allow': '[ ]' } });
    expect(JSON.parse(planUninstall(again.text, again).text ?? '')).toEqual({
      permissions: { ask: ['WebFetch'], allow: [] },
    });
  });

  test('forgets an empty list that its owner took out', () => {
    const without = '{"permissions": {"ask": ["TaskCreate"]}}';
    const { hooks } = JSON.parse(installed);
    const again = planInstall(JSON.stringify({ ...JSON.parse(without), hooks }), template, {
      record,
    });
    expect(again.record).toEqual({ kept: { ask: ['TaskCreate'] } });
    expect(JSON.parse(planUninstall(again.text, again).text ?? '')).toEqual(JSON.parse(without));
  });

  test('says nothing of an empty list that docket does not write into', () => {
    expect(planInstall('{"permissions": {"deny": []}}', template).record).toEqual({});
  });

  test('of another file does not count where docket has no hook', () => {
    const mine = '{"permissions": {"ask": ["TaskGet"]}}';
    const plan = planInstall(mine, template, { record });
    expect(plan.record).toEqual({ kept: { ask: ['TaskGet'] } });
    expect(planUninstall(plan.text, plan).text).toBe(mine);
  });
});

describe('docket’s own group', () => {
  const installed = planInstall('{"hooks": {"UserPromptSubmit": ["first"]}}', {
    hooks: template.hooks,
  }).text;

  function withGroups(...groups: readonly unknown[]): string {
    return JSON.stringify({ hooks: { UserPromptSubmit: groups } });
  }

  test('stays where it is when others were added behind it', () => {
    const text = withGroups(ownGroup, 'last');
    expect(planInstall(text, { hooks: template.hooks })).toMatchObject({ text, changed: false });
  });

  test('stays where it is when somebody put a hook into it', () => {
    const lint = { type: 'command', command: 'npm run lint' };
    const text = withGroups({ hooks: [lint, ownHook] }, 'last');
    expect(planInstall(text, { hooks: template.hooks })).toMatchObject({ text, changed: false });
  });

  test('stays when only the order of its keys was changed', () => {
    const text = withGroups({ hooks: [Object.fromEntries(Object.entries(ownHook).reverse())] });
    expect(planInstall(text, { hooks: template.hooks }).changed).toBe(false);
  });

  test('is put right, last, when it was altered', () => {
    const text = withGroups({ hooks: [{ ...ownHook, timeout: 99 }] }, 'last');
    const plan = planInstall(text, { hooks: template.hooks });
    expect(JSON.parse(plan.text)).toEqual(JSON.parse(withGroups('last', ownGroup)));
  });

  test('is one again when a merge of branches left it there twice', () => {
    const plan = planInstall(withGroups(ownGroup, 'first', ownGroup), { hooks: template.hooks });
    expect(JSON.parse(plan.text)).toEqual(JSON.parse(withGroups('first', ownGroup)));
  });

  test('leaves the hook that somebody put into it', () => {
    const lint = { type: 'command', command: 'npm run lint' };
    const text = withGroups('first', { hooks: [ownHook, lint, ownHook] });
    expect(JSON.parse(planUninstall(text).text ?? '')).toEqual(
      JSON.parse(withGroups('first', { hooks: [lint] })),
    );
    const altered = { hooks: { UserPromptSubmit: [{ hooks: [{ ...ownHook, timeout: 1 }] }] } };
    expect(JSON.parse(planInstall(text, altered).text)).toEqual(
      JSON.parse(withGroups('first', { hooks: [lint] }, ...altered.hooks.UserPromptSubmit)),
    );
  });

  test('is recognised after a formatter went over the file', () => {
    const formatted = `${JSON.stringify(JSON.parse(installed), null, 4)}\n`;
    expect(planUninstall(formatted).text).toBe(
      `${JSON.stringify({ hooks: { UserPromptSubmit: ['first'] } }, null, 4)}\n`,
    );
  });
});

describe('a file of the wrong shape is refused, and its place named:', () => {
  test.each([
    ['[]', 'its top level is not an object'],
    ['"text"', 'its top level is not an object'],
    ['{"hooks": [{}]}', 'hooks is not an object'],
    ['{"hooks": "all"}', 'hooks is not an object'],
    ['{"permissions": null}', 'permissions is not an object'],
    ['{"permissions": "all"}', 'permissions is not an object'],
    ['{"permissions": {"allow": {}}}', 'permissions.allow is not an array'],
    ['{"permissions": {"deny": "Bash"}}', 'permissions.deny is not an array'],
  ])('%s', (text, message) => {
    const expected = { code: 'invalid_settings', message: `user settings: ${message}` };
    expect(() => planInstall(text, template, { name: 'user settings' })).toThrow(
      expect.objectContaining(expected),
    );
    expect(() => planUninstall(text, { name: 'user settings' })).toThrow(
      expect.objectContaining(expected),
    );
  });
});

test('an event of docket’s own with something that is no array is refused by install', () => {
  const text = '{"hooks": {"UserPromptSubmit": {"hooks": []}}}';
  expect(() => planInstall(text, template, { name: 'settings' })).toThrow(
    'settings: hooks.UserPromptSubmit is not an array',
  );
  expect(planUninstall(text)).toEqual({ text, changed: false });
});

test.each([
  '{"hooks": null}',
  '{"hooks": []}',
  '{"model": "opus", "hooks" : [ ] }',
  '{"hooks": {"UserPromptSubmit": null}}',
  '{"hooks": {"UserPromptSubmit": {}, "Stop": []}}',
  '{"hooks": {"preEditHook": {"command": "make"}, "Notification": null, "Stop": "make"}}',
  '{"hooks": {"Stop": {"hooks": [null]}, "Setup": [7, [8]]}}',
])('what Claude Code passes over is no hindrance, and uninstall gives it back: %s', (text) => {
  const plan = planInstall(text, template);
  const { hooks, ...rest } = JSON.parse(plan.text);
  expect(hooks.UserPromptSubmit).toEqual([ownGroup]);
  const before = JSON.parse(text);
  expect({ ...before, ...rest, permissions: undefined }).toEqual({
    ...before,
    permissions: undefined,
  });
  expect(planInstall(plan.text, template, plan)).toEqual({ ...plan, changed: false });
  expect(planUninstall(plan.text, plan).text).toBe(text);
});

describe('a key that is there twice', () => {
  test.each([
    '{"env": {"A": "1", "A": "2"}, "model": "opus", "model": "sonnet"}',
    '{"hooks": {"Stop": [{"matcher": "a", "matcher": "b", "hooks": [], "hooks": []}]}}',
  ])('is its owner’s matter where docket writes nothing: %s', (text) => {
    const plan = planInstall(text, template);
    expect(planUninstall(plan.text, plan).text).toBe(text);
  });

  test('counts as Claude Code counts it: the last one', () => {
    const groups = `[{"hooks": [], "hooks": ${JSON.stringify([ownHook])}}]`;
    const text = `{"hooks": {"UserPromptSubmit": ${groups}}}`;
    expect(planInstall(text, { hooks: template.hooks }).changed).toBe(false);
    expect(planUninstall(text).text).toBeUndefined();
  });

  test.each([
    ['{"hooks": {},\n "\\u0068ooks": {}}', 'line 2, column 2: the key "hooks" is there twice'],
    ['{"permissions": {}, "permissions": {}}', 'column 21: the key "permissions" is there twice'],
    ['{"hooks": {"Stop": [], "Stop": []}}', 'column 24: the key "Stop" is there twice'],
    ['{"permissions": {"ask": [], "ask": []}}', 'column 29: the key "ask" is there twice'],
  ])('is refused where docket writes: %s', (text, message) => {
    expect(() => planInstall(text, template)).toThrow(message);
  });
});

test.each<SettingsTemplate>([
  { hooks: {} },
  { hooks: { Stop: [{ hooks: [] }] } },
  { hooks: { Stop: [{ hooks: [ownHook, { type: 'command', command: 'make' }] }] } },
  { hooks: { Stop: [ownGroup] }, permissions: { allow: ['Bash(docket trust *)'] } },
])('a template with what uninstall would not know again is refused: %j', (wrong) => {
  expect(() => planInstall('{}', wrong)).toThrow(expect.objectContaining({ code: 'internal' }));
});

test.for(['constructor', '__proto__', 'toString'])(
  'an event called %s is somebody’s own, as any other that docket does not know',
  (event) => {
    const text = `{"hooks": {"${event}": []}}\n`;
    const plan = planInstall(text, template);
    expect(plan.text).toContain(`"${event}": []`);
    expect(planUninstall(plan.text, { record: plan.record }).text).toBe(text);
  },
);
