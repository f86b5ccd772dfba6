import { dirname, join } from 'node:path';
import { type Env, userSettingsFile } from '../../config/paths.ts';
import { isWithin, realPath } from '../../filesystem/path-facts.ts';
import { DocketError } from '../../model/errors.ts';
import type { Check } from '../check.ts';
import { agentTexts } from '../embedded.gen.ts';
import { type FileChange, isChange, readText } from '../files/file-change.ts';
import { isUnchangedAgent } from './agent-mark.ts';

/** Where Claude Code looks for a project's agents. */
export function projectAgents(folder: string): string {
  return join(folder, '.claude', 'agents');
}

/** Where it looks for a person's own, for all projects. */
export function userAgents(env: Env): string {
  return join(dirname(userSettingsFile(env)), 'agents');
}

export interface AgentFile {
  readonly path: string;
  readonly before: string | undefined;
  /** What this version writes. */
  readonly text: string;
  /** `foreign`: somebody wrote or changed it, and it is theirs. */
  readonly state: 'absent' | 'current' | 'outdated' | 'foreign';
}

/** Docket's agents in a folder of agents, whether they are there or not. */
export function agentPaths(folder: string): readonly string[] {
  return Object.keys(agentTexts).map((name) => join(folder, name));
}

/** Docket's agents in a folder of agents, as they are there. */
export function readAgents(folder: string): readonly AgentFile[] {
  return Object.entries(agentTexts).map(([name, text]) => {
    const path = join(folder, name);
    try {
      const before = readText(path);
      return { path, before, text, state: stateOf(before, text) };
    } catch (error) {
      if (!(error instanceof DocketError)) throw error;
      // A folder, or no text.
      return { path, before: undefined, text, state: 'foreign' };
    }
  });
}

function stateOf(before: string | undefined, text: string): AgentFile['state'] {
  if (before === undefined) return 'absent';
  if (before === text) return 'current';
  return isUnchangedAgent(before) ? 'outdated' : 'foreign';
}

export interface AgentsPlan {
  readonly changes: readonly FileChange[];
  readonly warnings: readonly Check[];
}

/** Plans to write docket's agents, each unless somebody else's file of that name is there. */
export function planAgents(folder: string): AgentsPlan {
  const files = readAgents(folder);
  return {
    changes: files
      .filter(({ state }) => state !== 'foreign')
      .map(({ path, before, text }) => ({ path, before, after: text }))
      .filter(isChange),
    warnings: files.filter(({ state }) => state === 'foreign').map(foreignWarning),
  };
}

function foreignWarning({ path }: AgentFile): Check {
  return {
    name: 'agents',
    status: 'warn',
    message: `${path} is not as docket wrote it, so it is left as it is`,
    next: "To have docket's: rename it, then docket init --agents again",
  };
}

export interface AgentsRemoval {
  readonly changes: readonly FileChange[];
  /** Files of these names that somebody wrote or changed. */
  readonly kept: readonly string[];
}

/**
 * Plans to remove what `planAgents` wrote and nobody changed; with `project`, only what lies within
 * it: a repository's link to a person's own agents does not remove these.
 */
export function planAgentsRemoval(folder: string, project?: string): AgentsRemoval {
  const files = readAgents(folder).filter(
    ({ path, state }) => state !== 'absent' && (project === undefined || liesWithin(path, project)),
  );
  return {
    changes: files
      .filter(({ state }) => state === 'current' || state === 'outdated')
      .map(({ path, before }) => ({ path, before, after: undefined })),
    kept: files.filter(({ state }) => state === 'foreign').map(({ path }) => path),
  };
}

function liesWithin(path: string, project: string): boolean {
  return isWithin(realPath(path) ?? path, realPath(project) ?? project);
}
