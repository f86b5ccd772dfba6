import { projectTemplate } from '../../lib/install/embedded.gen.ts';
import type { SettingsTemplate } from '../../lib/settings/settings-template.ts';

/** The entries as earlier versions wrote them: the launcher itself is the command. */
export function withOlderStart(): SettingsTemplate {
  const hooks = Object.entries(projectTemplate.hooks).map(([event, groups]) => [
    event,
    groups.map((group) => ({ ...group, hooks: group.hooks.map(startOlder) })),
  ]);
  return { ...projectTemplate, hooks: Object.fromEntries(hooks) };
}

function startOlder(hook: SettingsTemplate['hooks'][string][number]['hooks'][number]) {
  const args = Array.isArray(hook.args) ? hook.args : [];
  return { ...hook, command: args.at(-2), args: [args.at(-1)] };
}
