import { dirname, join } from 'node:path';

export function launcherFile(folder: string): string {
  return join(folder, '.claude', 'docket', 'hook');
}

/** The file by which git leaves the launcher's bytes as they are. */
export function attributesFile(folder: string): string {
  return join(folder, '.claude', 'docket', '.gitattributes');
}

/** The folders that only docket's files need, innermost first. */
export function ownFolders(folder: string): readonly string[] {
  const launcher = launcherFile(folder);
  return [dirname(launcher), dirname(dirname(launcher))];
}
