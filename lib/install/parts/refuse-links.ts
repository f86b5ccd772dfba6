import { readlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { projectFile } from '../../config/find-project.ts';
import { isLink, isWithin, realPath } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';
import { attributesFile, launcherFile } from '../own-files.ts';
import { agentPaths, projectAgents } from './agents.ts';
import { projectSettingsFile } from './claude-settings.ts';

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
  for (const path of [launcher, attributesFile(folder), join(folder, projectFile)]) {
    if (isLink(path)) throw refusal(path, targetOf(path), 'docket writes no link here');
  }
}

function refuseAgentLinks(folder: string): void {
  const agents = projectAgents(folder);
  refuseWayOut(agents, folder);
  for (const path of agentPaths(agents)) refuseWayOut(path, folder);
}

/** Refuses a link that leads out of the project; one within is the project's own matter. */
function refuseWayOut(path: string, folder: string): void {
  if (!isLink(path)) return;
  const real = realPath(path);
  if (real === undefined || !isWithin(real, realPath(folder) ?? folder)) {
    throw refusal(path, targetOf(path), 'docket writes nothing outside the project');
  }
}

function refusal(path: string, target: string, why: string): DocketError {
  return new DocketError('invalid_settings', `${path} is a link to ${target}: ${why}`, {
    hint: 'Look where it comes from; put a file or folder of the project in its place',
  });
}

function targetOf(path: string): string {
  return realPath(path) ?? resolve(dirname(path), readlinkSync(path));
}
