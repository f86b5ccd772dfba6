import { join } from 'node:path';
import { dataFolder, type Env } from '../config/paths.ts';

/** The parts of this person's own installation, below XDG data. */
export interface Installation {
  /** A link that an upgrade switches to another of `versions`. */
  readonly current: string;
  readonly versions: string;
  /** Hooks at user level start it; it has the text of a project's launcher. */
  readonly launcher: string;
  /** The script that prints a session's status line. */
  readonly statusLine: string;
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
    statusLine: join(current, 'status-line'),
    command: join(current, 'bin', 'docket'),
  };
}
