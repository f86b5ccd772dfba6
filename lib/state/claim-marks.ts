import { existsSync } from 'node:fs';
import type { ListId } from './snapshot.ts';
import { fileNameOf, readState, removeState, writeState } from './state-file.ts';

/** A claim of the person's, or of their sessions, that a command on this machine was told of. */
export interface ClaimMark {
  readonly session: string;
  readonly agent: string;
  readonly actor: string;
  /** When it began, by the database's clock, as ISO 8601. */
  readonly since: string;
}

/** A task as a command's answer tells of it; without a mark nobody here holds it. */
export interface MarkedTask {
  readonly key: string;
  readonly mark: ClaimMark | undefined;
}

/** Each claim has a file of its own, as several agents claim at the same time. */
function markFile(stateFolder: string, { database, workspace }: ListId, key: string): string {
  return `${stateFolder}/claims/${fileNameOf(`${key} ${database} ${workspace}`)}.json`;
}

/**
 * Remembers which of these tasks are held from here, and forgets the others: it is all that a
 * terminal knows of its claims where no prompt has shown the list.
 */
export function keepClaimMarks(
  stateFolder: string,
  id: ListId,
  tasks: readonly MarkedTask[],
): void {
  for (const { key, mark } of tasks) {
    const file = markFile(stateFolder, id, key);
    if (mark !== undefined) writeState(file, mark);
    else if (existsSync(file)) removeState(file);
  }
}

/** Reads what is remembered of a task; a broken file counts as missing. */
export function readClaimMark(stateFolder: string, id: ListId, key: string): ClaimMark | undefined {
  const mark = readState<Partial<Record<string, unknown>>>(markFile(stateFolder, id, key));
  const isWhole = ['session', 'agent', 'actor', 'since'].every(
    (field) => typeof mark?.[field] === 'string',
  );
  return isWhole ? (mark as unknown as ClaimMark) : undefined;
}
