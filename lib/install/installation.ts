import { join } from 'node:path';
import { dataFolder, type Env, homeOf } from '../config/paths.ts';

/** Where this person's own docket lies, below XDG data. */
export interface Installation {
  /** A link that is switched by an upgrade to another of `versions`. */
  readonly current: string;
  readonly versions: string;
  /** What hooks at user level start; the same text as a project's launcher. */
  readonly launcher: string;
  /** The CLI, for PATH. */
  readonly command: string;
}

export function installationOf(env: Env): Installation {
  const folder = dataFolder(env);
  const current = join(folder, 'current');
  return {
    current,
    versions: join(folder, 'versions'),
    launcher: join(current, 'hook'),
    command: join(current, 'bin', 'docket'),
  };
}

/** Claude Code's settings of this person, for all projects. */
export function userSettingsFile(env: Env): string {
  return join(env.CLAUDE_CONFIG_DIR || join(homeOf(env), '.claude'), 'settings.json');
}
