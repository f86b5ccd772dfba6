import { existsSync } from 'node:fs';
import { dataFolder, type Env } from '../config/paths.ts';
import type { ListId } from '../state/snapshot.ts';
import { fileNameOf } from '../state/state-file.ts';

/** The folder of a list's queue, in the person's data, which unlike state must not be lost. */
export function queueFolder(env: Env, { database, workspace }: ListId): string {
  return `${dataFolder(env)}/outbox/${fileNameOf(`${database} ${workspace}`)}`;
}

/** Whether something may be queued for a list: one look, which is all that an empty queue costs. */
export function isQueueInUse(env: Env, list: ListId): boolean {
  return existsSync(queueFolder(env, list));
}
