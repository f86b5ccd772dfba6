import { type PromptList, versionOf } from '../model/prompt/list.ts';
import { fileNameOf, readState, writeState } from './state-file.ts';

/** The last list that was read, for when the database is away. */
export interface Snapshot {
  readonly list: PromptList;
  /** The time at which it was last confirmed, by this machine's clock (milliseconds since 1970). */
  readonly readAt: number;
  /** Whether what commands on this machine have changed since is in it. */
  readonly isAmended?: boolean;
}

/** The list that a snapshot and a breaker belong to. */
export interface ListId {
  readonly database: string;
  readonly workspace: string;
}

/** Goes up when the shape of a list changes: the snapshot of an older docket counts as missing. */
const format = 2;

/** A snapshot that is confirmed again is rewritten this often at most (milliseconds). */
const confirmEvery = 60_000;

export function snapshotFile(stateFolder: string, { database, workspace }: ListId): string {
  return `${stateFolder}/snapshots/${fileNameOf(`${database} ${workspace}`)}.json`;
}

/** Keeps a list that was just read, unless `last`, kept a moment ago, is the same. */
export function saveSnapshot(
  stateFolder: string,
  id: ListId,
  snapshot: Snapshot,
  last: Snapshot | undefined = readSnapshot(stateFolder, id),
): void {
  const isSame =
    last !== undefined &&
    versionOf(last.list) === versionOf(snapshot.list) &&
    Math.abs(snapshot.readAt - last.readAt) < confirmEvery;
  if (!isSame) writeState(snapshotFile(stateFolder, id), { format, ...snapshot });
}

/** Keeps the last list with what a command has changed in it. */
export function amendSnapshot(stateFolder: string, id: ListId, snapshot: Snapshot): void {
  writeState(snapshotFile(stateFolder, id), { format, ...snapshot, isAmended: true });
}

export function readSnapshot(stateFolder: string, id: ListId): Snapshot | undefined {
  const path = snapshotFile(stateFolder, id);
  const snapshot = readState<Snapshot & { readonly format: unknown }>(path);
  return snapshot?.format === format && isWhole(snapshot) ? snapshot : undefined;
}

/** Whether a snapshot has what its readers rely on; a cut or edited file counts as missing. */
function isWhole({ list, readAt }: { readonly list: unknown; readonly readAt: unknown }): boolean {
  if (typeof list !== 'object' || list === null || !Number.isFinite(readAt)) return false;
  const { slug, seq, at, counts, ...sections } = list as Record<string, unknown>;
  const { mine, others, blocked, ready, waiting } = sections;
  return (
    typeof slug === 'string' &&
    typeof seq === 'number' &&
    typeof at === 'string' &&
    typeof counts === 'object' &&
    counts !== null &&
    [mine, others, blocked, ready, waiting].every(Array.isArray)
  );
}
