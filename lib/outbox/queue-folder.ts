import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFolder, type Env } from '../config/paths.ts';
import type { ListId } from '../state/snapshot.ts';
import { fileNameOf } from '../state/state-file.ts';
import type { Queue } from './queue.ts';

/** The folder of a list's queue, in the person's data, which unlike state must not be lost. */
export function queueFolder(env: Env, { database, workspace }: ListId): string {
  return `${dataFolder(env)}/outbox/${fileNameOf(`${database} ${workspace}`)}`;
}

/** The queue of the same list in another database, beside this one. */
export function queueBeside({ folder, list: { workspace } }: Queue, database: string): Queue {
  const name = fileNameOf(`${database} ${workspace}`);
  return { folder: join(dirname(folder), name), list: { database, workspace } };
}

/** Whether something may be queued for a list: one look, which is all that an empty queue costs. */
export function isQueueInUse(env: Env, list: ListId): boolean {
  return existsSync(queueFolder(env, list));
}
