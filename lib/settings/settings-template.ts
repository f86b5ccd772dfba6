import * as z from 'zod/mini';
import { DocketError } from '../model/errors.ts';
import { isOwnHook, isOwnRule, permissionLists } from './own-entries.ts';

const HookGroup = z.looseObject({
  matcher: z.optional(z.string()),
  hooks: z.array(z.looseObject({ type: z.string() })),
});

const Rules = z.optional(z.array(z.string()));

/**
 * The entries that docket writes into a settings file: hook groups by event, and permission rules.
 */
export const SettingsTemplate = z.strictObject({
  hooks: z.record(z.string(), z.array(HookGroup)),
  permissions: z.optional(z.strictObject({ allow: Rules, ask: Rules, deny: Rules })),
});

export type SettingsTemplate = z.infer<typeof SettingsTemplate>;

/**
 * Refuses a template with an entry that uninstall would not recognise: it would stay for ever, and
 * each install would add it once more.
 */
export function assertRemovable(template: SettingsTemplate): void {
  const hooks = Object.values(template.hooks).flat();
  const foreign = [
    ...hooks.filter((group) => group.hooks.length === 0 || !group.hooks.every(isOwnHook)),
    ...permissionLists.flatMap((list) =>
      (template.permissions?.[list] ?? []).filter((rule) => !isOwnRule(list, rule)),
    ),
  ];
  if (hooks.length === 0 || foreign.length > 0) {
    throw new DocketError(
      'internal',
      `the settings template has ${hooks.length} hook groups and entries that uninstall would ` +
        `not recognise: ${JSON.stringify(foreign)}`,
    );
  }
}
