import type { Env } from '../../config/paths.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Check } from '../check.ts';
import { projectAgents, readAgents, userAgents } from '../parts/agents.ts';

/** Whether the agents that were installed here are those of this version; silent without any. */
export function checkAgents(folder: string, env: Env): readonly Check[] {
  return [
    ...checkFolder(projectAgents(folder), `docket init ${shellWord(folder)} --agents`),
    ...checkFolder(userAgents(env), 'docket init --user --agents'),
  ];
}

function checkFolder(folder: string, command: string): readonly Check[] {
  const name = 'agents';
  const files = readAgents(folder).filter(({ state }) => state !== 'absent');
  if (files.length === 0) return [];
  const outdated = files.filter(({ state }) => state === 'outdated');
  if (outdated.length > 0) {
    const paths = outdated.map(({ path }) => path).join(', ');
    const message = `not those of this version: ${paths}`;
    return [{ name, status: 'warn', message, next: command }];
  }
  const changed = files.filter(({ state }) => state === 'foreign').length;
  const message = changed > 0 ? `${folder}, ${changed} of them changed by you` : folder;
  return [{ name, status: 'ok', message }];
}
