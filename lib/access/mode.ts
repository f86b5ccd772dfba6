import {
  type ProjectSettings,
  parseProjectSettings,
  policyOf,
} from '../config/project-settings.ts';
import type { Context } from '../config/resolve.ts';
import type { Policy } from '../model/run/policy.ts';
import type { Scope } from '../tracker/scope.ts';
import type { OpenList } from './list-context.ts';

/** Reads the part of the project's docket.json that is about the work; empty outside a project. */
export function readProjectSettings({ search: { project } }: Context): ProjectSettings {
  return project === undefined ? {} : parseProjectSettings(project.config, project.file);
}

/** Gives the policy by which the project wants its tasks handed to agents. */
export function policyOfProject({ context }: OpenList): Policy {
  return policyOf(context === undefined ? {} : readProjectSettings(context));
}

/** Gives the scope of an operation that creates tasks: it knows the attribution of new ones. */
export function withMode({ scope, context }: OpenList): Scope {
  if (context === undefined) return scope;
  const { mode, client, project } = readProjectSettings(context);
  return mode === undefined ? scope : { ...scope, mode: { mode, client, project } };
}
