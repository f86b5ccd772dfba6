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
      const [first] = files;
      const head = first === undefined ? undefined : listOfFile(join(base, name, first));
      if (head?.workspaceId !== list.workspace || typeof head.database !== 'string') return [];
      return [{ database: head.database, count: files.length }];
    });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
