import { startScript } from '../../settings/own-entries.ts';
import type { SettingsTemplate } from '../../settings/settings-template.ts';
import { projectTemplate } from '../embedded.gen.ts';

/**
 * Makes the entries for a person's own settings. They start the installation's launcher, which `user`
 * tells to stand back in projects that start their own.
 */
export function userTemplate(launcher: string): SettingsTemplate {
  const hooks = Object.entries(projectTemplate.hooks).map(([event, groups]) => [
    event,
    groups.map((group) => ({
      ...group,
      hooks: group.hooks.map((hook) => ({
        ...hook,
        args: [
          '-c',
          startScript,
          launcher,
          Array.isArray(hook.args) ? hook.args.at(-1) : undefined,
          'user',
        ],
      })),
    })),
  ]);
  return { ...projectTemplate, hooks: Object.fromEntries(hooks) };
}
