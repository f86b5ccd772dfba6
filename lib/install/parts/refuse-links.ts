import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectFile } from '../../config/find-project.ts';
import { DocketError } from '../../model/errors.ts';
import { launcherFile } from '../own-files.ts';
import { agentPaths, projectAgents } from './agents.ts';
import { projectSettingsFile } from './claude-settings.ts';
import { isWithin } from './init-folder.ts';

/**
 * Refuses a project whose files lead out of it: a repository can bring links along, and what init
 * and uninstall write would land in the person's own files. A link for agents counts only when
 * agents are written.
 *
 * @throws DocketError `invalid_settings` with the link and where it leads.
 */
export function refuseLinks(folder: string, { agents = false } = {}): void {
  const launcher = launcherFile(folder);
  const claudeMd = join(folder, 'CLAUDE.md');
  const places = [dirname(dirname(launcher)), dirname(launcher)];
  for (const path of [...places, projectSettingsFile(folder), claudeMd]) refuseWayOut(path, folder);
  if (agents) refuseAgentLinks(folder);
  for (const path of [launcher, join(folder, projectFile)]) {
    if (isLink(path)) throw refusal(path, targetOf(path), 'docket writes no link here');
  }
}

function refuseAgentLinks(folder: string): void {
  const agents = projectAgents(folder);
  refuseWayOut(agents, folder);
  for (const path of agentPaths(agents)) refuseWayOut(path, folder);
}

/** A link within the project is the project's own matter. */
function refuseWayOut(path: string, folder: string): void {
  if (!isLink(path)) return;
  const target = targetOf(path);
  if (isDangling(path) || !isWithin(target, realpathSync(folder))) {
    throw refusal(path, target, 'docket writes nothing outside the project');
  }
}

function refusal(path: string, target: string, why: string): DocketError {
  return new DocketError('invalid_settings', `${path} is a link to ${target}: ${why}`, {
    hint: 'Look where it comes from; put a file or folder of the project in its place',
  });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function isDangling(path: string): boolean {
  try {
    realpathSync(path);
    return false;
  } catch {
    return true;
  }
}

function targetOf(path: string): string {
  return isDangling(path) ? resolve(dirname(path), readlinkSync(path)) : realpathSync(path);
}
