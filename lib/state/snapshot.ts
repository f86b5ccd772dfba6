import { join } from 'node:path';
import type { PromptList } from '../model/prompt-list.ts';
import { fileNameOf, readState, writeState } from './state-file.ts';

/** The last list that was read, for when the database is away. */
export interface Snapshot {
  readonly list: PromptList;
  /** When it was last confirmed, by this machine's clock (milliseconds since 1970). */
  readonly readAt: number;
}

/** What a snapshot and a breaker belong to. */
export interface ListId {
  readonly database: string;
  readonly workspace: string;
}

function snapshotFile(stateFolder: string, { database, workspace }: ListId): string {
  return join(stateFolder, 'snapshots', `${fileNameOf(`${database} ${workspace}`)}.json`);
}

export function saveSnapshot(stateFolder: string, id: ListId, snapshot: Snapshot): void {
  writeState(snapshotFile(stateFolder, id), snapshot);
}

export function readSnapshot(stateFolder: string, id: ListId): Snapshot | undefined {
  const path = snapshotFile(stateFolder, id);
  const snapshot = readState<Snapshot>(path);
  if (typeof snapshot?.list?.slug !== 'string' || typeof snapshot.readAt !== 'number') {
    return undefined;
  }
  return snapshot;
}
