import { readdirSync } from 'node:fs';
import { fileNameOf, readState, removeState, writeState } from './state-file.ts';

// A project's files name nobody's machine, so this machine remembers which folders it set up: what
// takes docket away can say where its files still are.

function projectFile(stateFolder: string, folder: string): string {
  return `${stateFolder}/projects/${fileNameOf(folder)}.json`;
}

/** Remembers a folder that was set up. */
export function rememberProject(stateFolder: string, folder: string): void {
  writeState(projectFile(stateFolder, folder), { folder });
}

export function forgetProject(stateFolder: string, folder: string): void {
  removeState(projectFile(stateFolder, folder));
}

/** Lists the folders that were set up here, and those in which sessions began. */
export function knownFolders(stateFolder: string): readonly string[] {
  const files = ['projects', 'sessions'].flatMap((kind) =>
    namesIn(`${stateFolder}/${kind}`).map((name) => `${stateFolder}/${kind}/${name}`),
  );
  const folders = files.flatMap((file) => {
    const folder = readState<{ folder?: unknown } | null>(file)?.folder;
    return typeof folder === 'string' && folder.startsWith('/') ? [folder] : [];
  });
  return [...new Set(folders)].sort();
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
