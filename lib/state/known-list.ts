import { existsSync } from 'node:fs';
import { type ListId, readSnapshot, snapshotFile } from './snapshot.ts';
import { createEmpty, fileNameOf, removeState } from './state-file.ts';

// The file says that this machine has used a list in a database: an empty list in its place would
// look like work that is done. A prompt leaves a snapshot, which says so as well.

function markFile(stateFolder: string, { database, workspace }: ListId): string {
  return `${stateFolder}/lists/${fileNameOf(`${database} ${workspace}`)}`;
}

/** Remembers that a list was there. */
export function markKnownList(stateFolder: string, id: ListId): void {
  const mark = markFile(stateFolder, id);
  if (!existsSync(mark)) createEmpty(mark);
}

/** Whether a list was there before. */
export function isKnownList(stateFolder: string, id: ListId): boolean {
  return existsSync(markFile(stateFolder, id)) || readSnapshot(stateFolder, id) !== undefined;
}

/** Gives the files that remember a list. */
export function knownListFiles(stateFolder: string, id: ListId): readonly string[] {
  return [markFile(stateFolder, id), snapshotFile(stateFolder, id)].filter((path) =>
    existsSync(path),
  );
}

/** Forgets a list, which is then free to begin anew. */
export function forgetList(stateFolder: string, id: ListId): void {
  for (const path of knownListFiles(stateFolder, id)) removeState(path);
}
