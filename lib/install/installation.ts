import { join } from 'node:path';
import { dataFolder, type Env, homeOf } from '../config/paths.ts';

/** The parts of this person's own installation, below XDG data. */
export interface Installation {
  /** A link that an upgrade switches to another of `versions`. */
  readonly current: string;
  readonly versions: string;
  /** Hooks at user level start it; it has the text of a project's launcher. */
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

/** The file of this person's Claude Code settings, for all projects. */
export function userSettingsFile(env: Env): string {
  return join(env.CLAUDE_CONFIG_DIR || join(homeOf(env), '.claude'), 'settings.json');
}
