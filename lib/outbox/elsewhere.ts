import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { QueuedElsewhere } from '../model/answers/queued.ts';
import { listOfFile, type Queue } from './queue.ts';

/**
 * Finds what is queued on this machine for the same list in other databases: it was named in one
 * that the project does not name any more.
 */
export function queuedElsewhere({ folder, list }: Queue): QueuedElsewhere[] {
  const base = dirname(folder);
  return namesIn(base)
    .filter((name) => name !== basename(folder))
    .flatMap((name) => {
      const files = namesIn(join(base, name)).filter((file) => /^\d.*\.json$/.test(file));
      const database = databaseOf(
        files.map((file) => join(base, name, file)),
        list.workspace,
      );
      return database === undefined ? [] : [{ database, count: files.length }];
    });
}

/** Finds the database that the changes of a list are for; some of their files may be damaged. */
function databaseOf(paths: readonly string[], workspace: string): string | undefined {
  for (const path of paths) {
    const { workspaceId, database } = listOfFile(path) ?? {};
    if (typeof database === 'string') return workspaceId === workspace ? database : undefined;
  }
  return undefined;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
