import { join } from 'node:path';
import { databaseUrl } from '../../config/database.ts';
import { projectFile } from '../../config/find-project.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { resolveContext } from '../../config/resolve.ts';
import { DocketError } from '../../model/errors.ts';
import { forgetProject } from '../../state/known-project.ts';
import {
  applyChange,
  type FileChange,
  isChange,
  readText,
  removeEmptyFolders,
} from '../files/file-change.ts';
import { launcherFile, ownFolders } from '../own-files.ts';
import { planAgentsRemoval, projectAgents } from '../parts/agents.ts';
import { planClaudeMdRemoval } from '../parts/claude-md.ts';
import { projectSettingsFile } from '../parts/claude-settings.ts';
import { planAttributesRemoval } from '../parts/git-attributes.ts';
import { hasForeignKeys } from '../parts/project-config.ts';
import { refuseLinks } from '../parts/refuse-links.ts';
import { planSettingsRemoval } from '../parts/settings-change.ts';

export interface UninstallResult {
  readonly changes: readonly FileChange[];
  /** The database in which the tasks stay; undefined when the configuration cannot be read. */
  readonly database: string | undefined;
  /** The path of docket.json when it stays, as it holds more than docket wrote. */
  readonly kept: string | undefined;
  /** Agents of docket's names that somebody wrote or changed. */
  readonly keptAgents: readonly string[];
}

/** Undoes `initProject`. The tasks stay in their database. */
export function uninstallProject(
  folder: string,
  { env, dryRun }: { env: Env; dryRun: boolean },
): UninstallResult {
  refuseLinks(folder);
  const database = findDatabase(folder, env);
  const { settings, record } = planSettingsRemoval(env, projectSettingsFile(folder));
  const config = planConfigRemoval(folder);
  const launcher = launcherFile(folder);
  const agents = planAgentsRemoval(projectAgents(folder), folder);
  const changes = [
    settings,
    config,
    { path: launcher, before: readText(launcher), after: undefined },
    planAttributesRemoval(folder),
    planClaudeMdRemoval(folder),
    ...agents.changes,
  ].filter(isChange);
  if (!dryRun) {
    for (const change of [...changes, record].filter(isChange)) applyChange(change);
    if (agents.changes.length > 0) removeEmptyFolders([projectAgents(folder)]);
    if (changes.length > 0) removeEmptyFolders(ownFolders(folder));
    forgetProject(stateFolder(env), folder);
  }
  const kept = config.after === undefined ? undefined : config.path;
  return { changes, database, kept, keptAgents: agents.kept };
}

function planConfigRemoval(folder: string): FileChange {
  const path = join(folder, projectFile);
  const before = readText(path);
  return { path, before, after: before && hasForeignKeys(before) ? before : undefined };
}

function findDatabase(folder: string, env: Env): string | undefined {
  try {
    return databaseUrl(resolveContext(folder, env).database);
  } catch (error) {
    // A broken file must not keep docket from being removed.
    if (error instanceof DocketError) return undefined;
    throw error;
  }
}
