import {
  type ProjectSettings,
  parseProjectSettings,
  policyOf,
} from '../lib/config/project-settings.ts';
import type { Context } from '../lib/config/resolve.ts';
import type { Policy } from '../lib/model/policy.ts';

/** What the project's docket.json says of the work; nothing outside a project. */
export function readProjectSettings({ search: { project } }: Context): ProjectSettings {
  return project === undefined ? {} : parseProjectSettings(project.config, project.file);
}

/** How the project wants its tasks handed to agents. */
export function policyOfProject(context: Context): Policy {
  return policyOf(readProjectSettings(context));
}
