import { resolve } from 'node:path';
import type { ProjectSearch } from './find-project.ts';
import { findCheckout } from './git-folder.ts';
import { dataFolder, type Env, homeOf, stateFolder } from './paths.ts';
import { isInAnyProject, isInProjects, isPersonal, isPersonalPath } from './personal-path.ts';
import { isInsideClaudeCode } from './trust.ts';
import { workingFolder } from './working-folder.ts';

/** The folders that a context is about. */
interface Place {
  readonly search: Pick<ProjectSearch, 'project' | 'checkout' | 'mainRoot'>;
  readonly projectFolders: readonly string[];
}

/** Whether a file in the configuration folder is the person's, and not the project's. */
export function isOwnFile(path: string, context: Place, env: Env): boolean {
  return isOwnPlace(path, context, env) && isPersonal(path, context.projectFolders);
}

/**
 * Whether a file in the configuration folder lies where no project can have brought it along,
 * whatever its mode.
 */
export function isOwnPlace(path: string, { projectFolders }: Place, env: Env): boolean {
  if (!isInsideClaudeCode(env)) return !isInProjects(path, projectFolders);
  const isMoved = isSetElsewhere(env.XDG_CONFIG_HOME, `${homeOf(env)}/.config`);
  return (
    isPersonalPath(path, projectFolders, { env, isMoved }) &&
    !isInAnyProject(isMoved ? path : homeOf(env), env)
  );
}

/**
 * Whether docket's default file is the person's: in a session, XDG_DATA_HOME can be the project's. A
 * person's data may well lie beside their projects, on a large disk, and approves nothing.
 */
export function isDefaultOwn(context: Place, env: Env): boolean {
  if (!isInsideClaudeCode(env)) return true;
  const home = resolve(homeOf(env));
  const { search, projectFolders } = context;
  const roots = new Set([search.project?.root, search.checkout, search.mainRoot]);
  // A session in the home folder of a container's user, whom the system does not know.
  const folders = projectFolders.filter((at) => at !== home || roots.has(at));
  const isMoved = isSetElsewhere(env.XDG_DATA_HOME, `${home}/.local/share`);
  return (
    isPersonalPath(`${dataFolder(env)}/docket.db`, folders, { env, isMoved: false }) &&
    !isInAnyProject(isMoved ? dataFolder(env) : home, env)
  );
}

/**
 * Whether what this machine remembers of a session is the person's word: with XDG_STATE_HOME or HOME
 * a project could bring along which folder, and so which list, the session is for.
 */
export function isStateOwn(folder: string, env: Env): boolean {
  const home = homeOf(env);
  const isMoved = isSetElsewhere(env.XDG_STATE_HOME, `${home}/.local/state`);
  const around = findCheckout(folder);
  const search = { project: undefined, checkout: around?.root, mainRoot: around?.mainRoot };
  const folders = findProjectFolders({ folder, search }, env).filter((at) => at !== home);
  return (
    isPersonalPath(stateFolder(env), folders, { env, isMoved: false }) &&
    !isInAnyProject(isMoved ? stateFolder(env) : home, env)
  );
}

function isSetElsewhere(value: string | undefined, usual: string): boolean {
  return value?.startsWith('/') === true && value.replace(/\/+$/, '') !== usual;
}

/**
 * Finds the folders of a project. In Claude Code the settings of a repository can set any variable;
 * in a terminal of the person's own only the person does.
 */
export function findProjectFolders(
  {
    folder,
    search: { project, checkout, mainRoot },
  }: {
    readonly folder: string;
    readonly search: Pick<ProjectSearch, 'project' | 'checkout' | 'mainRoot'>;
  },
  env: Env,
): readonly string[] {
  const found = [project?.root];
  if (isInsideClaudeCode(env)) {
    found.push(folder, checkout, mainRoot);
    const { CLAUDE_PROJECT_DIR: given } = env;
    for (const start of [given?.startsWith('/') ? resolve(given) : undefined, workingFolder()]) {
      if (start === undefined || found.includes(start)) continue;
      const around = findCheckout(start);
      found.push(start, around?.root, around?.mainRoot);
    }
  }
  return [...new Set(found)].filter((each) => each !== undefined);
}
