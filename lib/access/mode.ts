import {
  type ProjectSettings,
  parseProjectSettings,
  policyOf,
} from '../config/project-settings.ts';
import type { Context } from '../config/resolve.ts';
import type { Policy } from '../model/run/policy.ts';
import type { Scope } from '../tracker/scope.ts';
import type { OpenList } from './list-context.ts';

/** What the project's docket.json says of the work; nothing outside a project. */
export function readProjectSettings({ search: { project } }: Context): ProjectSettings {
  return project === undefined ? {} : parseProjectSettings(project.config, project.file);
}

/** How the project wants its tasks handed to agents. */
export function policyOfProject({ context }: OpenList): Policy {
  return policyOf(context === undefined ? {} : readProjectSettings(context));
}

/** The scope of an operation that creates tasks, which knows whom they are for. */
export function withMode({ scope, context }: OpenList): Scope {
  if (context === undefined) return scope;
  const { mode, client, project } = readProjectSettings(context);
  return mode === undefined ? scope : { ...scope, mode: { mode, client, project } };
}
