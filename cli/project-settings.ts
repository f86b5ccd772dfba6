import {
  type ProjectSettings,
  parseProjectSettings,
  policyOf,
} from '../lib/config/project-settings.ts';
import type { Context } from '../lib/config/resolve.ts';
import type { Policy } from '../lib/model/run/policy.ts';
import type { Scope } from '../lib/tracker/scope.ts';
import type { OpenScope } from './open-scope.ts';

/** What the project's docket.json says of the work; nothing outside a project. */
export function readProjectSettings({ search: { project } }: Context): ProjectSettings {
  return project === undefined ? {} : parseProjectSettings(project.config, project.file);
}

/** How the project wants its tasks handed to agents. */
export function policyOfProject(context: Context): Policy {
  return policyOf(readProjectSettings(context));
}

/** The scope for a command that creates tasks: it knows whom they are for. */
export function withMode({ scope, context }: OpenScope): Scope {
  const { mode, client, project } = readProjectSettings(context);
  return mode === undefined ? scope : { ...scope, mode: { mode, client, project } };
}
