import { dirname, join } from 'node:path';

export function launcherFile(folder: string): string {
  return join(folder, '.claude', 'docket', 'hook');
}

/** Folders that only docket's files made, innermost first. */
export function ownFolders(folder: string): readonly string[] {
  const launcher = launcherFile(folder);
  return [dirname(launcher), dirname(dirname(launcher))];
}
