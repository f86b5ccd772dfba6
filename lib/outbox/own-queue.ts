import { isDefaultOwn } from '../config/own-place.ts';
import type { Env } from '../config/paths.ts';
import type { Context } from '../config/resolve.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { Queue } from './queue.ts';
import { queueFolder } from './queue-folder.ts';

/**
 * Gives the person's queue of a list. In a session a project's settings can move the person's data
 * to a folder that the project brought along, whose changes would be sent as the person's: such a
 * folder has no queue.
 */
export function ownQueue(
  context: Context & { readonly workspace: { readonly id: string } },
  env: Env,
): Queue | undefined {
  const list = snapshotIdOf(context);
  return isDefaultOwn(context, env) ? { folder: queueFolder(env, list), list } : undefined;
}
