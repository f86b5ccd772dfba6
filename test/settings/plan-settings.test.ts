import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOwnHook } from '../../lib/settings/own-entries.ts';
import { planInstall, planUninstall } from '../../lib/settings/plan-settings.ts';
import type { SettingsTemplate } from '../../lib/settings/settings-template.ts';
import { anyLayoutOf } from './layout-arbitrary.ts';
import { anySettings, anyTemplate, foreignGroup } from './settings-arbitrary.ts';

type Lists = Record<string, unknown[]>;
type Settings = { hooks?: Lists; permissions?: Lists } & Record<string, unknown>;

const runs = { numRuns: 400 };
const anyText = anySettings({ isAmbiguous: true }).chain(anyLayoutOf);
const plainText = anySettings({ isAmbiguous: false }).chain(anyLayoutOf);
const anyFile = fc.oneof(
  { arbitrary: anyText, weight: 20 },
  { arbitrary: fc.constantFrom(undefined, '', ' \n', '\uFEFF', '{}', '\uFEFF{ }\r\n'), weight: 1 },
);

function parse(text: string | undefined): Settings {
  return JSON.parse((text ?? '').replace(/^\uFEFF/, '').trim() || '{}');
}

/** What install must mean, on plain values. */
function merged(settings: Settings, template: SettingsTemplate): Settings {
  const hooks: Lists = { ...settings.hooks };
  for (const [event, groups] of Object.entries(template.hooks)) {
    // An event may hold null or an empty object, which Claude Code passes over.
    const before = hooks[event];
    hooks[event] = [...(Array.isArray(before) ? before : []), ...groups];
  }
  const permissions: Lists = { ...settings.permissions };
  for (const list of ['allow', 'ask', 'deny'] as const) {
    const rules = template.permissions?.[list] ?? [];
    const missing = rules.filter((rule) => !permissions[list]?.includes(rule));
    if (missing.length > 0) {
      permissions[list] = [...(permissions[list] ?? []), ...missing];
    }
  }
  const hasRules = settings.permissions !== undefined || Object.keys(permissions).length > 0;
  return { ...settings, hooks, ...(hasRules && { permissions }) };
}

/** Permission rules have no order that means anything. */
function withSortedRules(settings: Settings): Settings {
  const lists = Object.entries(settings.permissions ?? {});
  const sorted = lists.map(([list, rules]) => [
    list,
    Array.isArray(rules) ? rules.map((rule) => JSON.stringify(rule)).sort() : rules,
  ]);
  return { ...settings, ...(lists.length > 0 && { permissions: Object.fromEntries(sorted) }) };
}

describe('install', () => {
  test('adds the entries last, in valid JSON, and leaves all else in value and order', () => {
    fc.assert(
      fc.property(anyFile, anyTemplate, (text, template) => {
        const plan = planInstall(text, template);
        expect(JSON.stringify(parse(plan.text))).toBe(
          JSON.stringify(merged(parse(text), template)),
        );
        expect(plan.changed).toBe(true);
      }),
      runs,
    );
  });

  test('done twice is done once, with the same record', () => {
    fc.assert(
      fc.property(anyFile, anyTemplate, (text, template) => {
        const { text: once, record } = planInstall(text, template);
        const twice = planInstall(once, template, { record });
        expect(twice).toEqual({ text: once, changed: false, record });
      }),
      runs,
    );
  });

  test('over an older template leaves exactly the newer entries, and uninstall is still exact', () => {
    fc.assert(
      fc.property(anyFile, anyTemplate, anyTemplate, (text, older, newer) => {
        const { text: before, record } = planInstall(text, older);
        const upgrade = planInstall(before, newer, { record });
        expect(withSortedRules(parse(upgrade.text))).toEqual(
          withSortedRules(merged(parse(text), newer)),
        );
        const again = planInstall(upgrade.text, newer, { record: upgrade.record });
        expect(again).toEqual({ ...upgrade, changed: false });
        expect(planUninstall(upgrade.text, { record: upgrade.record }).text).toBe(text);
      }),
      runs,
    );
  });
});

describe('uninstall', () => {
  test('gives the file back byte for byte, whatever its layout', () => {
    fc.assert(
      fc.property(anyFile, anyTemplate, (text, template) => {
        const { text: installed, record } = planInstall(text, template);
        const stored = JSON.parse(JSON.stringify(record));
        expect(planUninstall(installed, { record: stored })).toEqual({ text, changed: true });
      }),
      runs,
    );
  });

  test('does so without a record too, for files with nothing empty and no rule like docket’s', () => {
    fc.assert(
      fc.property(fc.option(plainText, { nil: undefined }), anyTemplate, (text, template) => {
        const { text: installed, record } = planInstall(text, template);
        expect(record).toEqual({});
        expect(planUninstall(installed).text).toBe(text);
      }),
      runs,
    );
  });

  test('leaves what others added since, wherever they put it', () => {
    fc.assert(
      fc.property(anyText, anyTemplate, foreignGroup, fc.nat(), (text, template, group, where) => {
        const { text: installed, record } = planInstall(text, template);
        const edited = parse(installed);
        for (const [event, groups] of Object.entries(edited.hooks ?? {})) {
          if (!Array.isArray(groups)) continue;
          groups.splice(where % (groups.length + 1), 0, group, event);
        }
        const rest = planUninstall(JSON.stringify(edited), { record }).text;
        const groupsLeft = Object.entries(edited.hooks ?? {}).map(([event, groups]) => [
          event,
          Array.isArray(groups) ? groups.filter((each) => !hooksIn(each).some(isOwnHook)) : groups,
        ]);
        expect(parse(rest).hooks).toEqual(Object.fromEntries(groupsLeft));
        expect(withSortedRules({ ...parse(rest), hooks: {} })).toEqual(
          withSortedRules({ ...parse(text), hooks: {} }),
        );
      }),
      runs,
    );
  });

  test('changes nothing in a file without a docket hook', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(planUninstall(text)).toEqual({ text, changed: false });
      }),
    );
    expect(planUninstall('')).toEqual({ text: '', changed: false });
  });
});

function hooksIn(group: unknown): readonly unknown[] {
  const hooks = (group as { hooks?: unknown } | null)?.hooks;
  return Array.isArray(hooks) ? hooks : [];
}
