import { dirname, join } from 'node:path';

export function launcherFile(folder: string): string {
  return join(folder, '.claude', 'docket', 'hook');
}

/** The folders that only docket's files need, innermost first. */
export function ownFolders(folder: string): readonly string[] {
  const launcher = launcherFile(folder);
  return [dirname(launcher), dirname(dirname(launcher))];
}
