import type { SettingsTemplate } from '../../settings/settings-template.ts';
import { projectTemplate } from '../embedded.gen.ts';

/**
 * Makes the entries for a person's own settings. They start the installation's launcher, also in
 * projects that start their own: of two hooks, the first answers.
 */
export function userTemplate(launcher: string): SettingsTemplate {
  const hooks = Object.entries(projectTemplate.hooks).map(([event, groups]) => [
    event,
    groups.map((group) => ({
      ...group,
      hooks: group.hooks.map((hook) => ({
        ...hook,
        args: Array.isArray(hook.args) ? hook.args.with(2, launcher) : [],
      })),
    })),
  ]);
  return { ...projectTemplate, hooks: Object.fromEntries(hooks) };
}
