import { existsSync } from 'node:fs';
import type { NotifyTarget } from '../config/notify-targets.ts';
import { createPrivately } from '../filesystem/atomic-write.ts';
import { fileNameOf } from '../state/state-file.ts';
import type { ListName } from './message.ts';

/** The list whose events are sent, and the targets that want them. */
export interface Telling {
  readonly list: ListName;
  readonly targets: readonly NotifyTarget[];
  /** The folder of what is remembered, as `notifyFolder` names it. */
  readonly folder: string;
}

/** Names the folder of what is remembered of the targets of one list in one database. */
export function notifyFolder(
  dataFolder: string,
  { database, workspace }: { readonly database: string; readonly workspace: string },
): string {
  return `${dataFolder}/notify/${fileNameOf(`${workspace} ${database}`)}`;
}

/**
 * Makes the folder, for the person alone, with a file that says which list it is of.
 *
 * @returns the file that whoever sends the events holds
 */
export function makeNotifyFolder({ folder, list }: Telling, database: string): string {
  createPrivately(`${folder}/list`, `${JSON.stringify({ ...list, database })}\n`);
  const lock = `${folder}/lock`;
  if (!existsSync(lock)) createPrivately(lock);
  return lock;
}
