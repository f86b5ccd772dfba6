import { readTargets } from '../../config/notify-targets.ts';
import { dataFolder, type Env } from '../../config/paths.ts';
import type { Context } from '../../config/resolve.ts';
import { snapshotIdOf } from '../../config/snapshot-id.ts';
import { DocketError } from '../../model/errors.ts';
import { targetMemory } from '../../notify/memory.ts';
import { notifyFolder } from '../../notify/telling.ts';
import type { Check } from '../check.ts';

/** Checks whether events of the list were given up that its person's webhooks did not take. */
export function checkNotify(context: Context, env: Env): readonly Check[] {
  const { workspace, database } = context;
  if (workspace === undefined) return [];
  const name = 'notify';
  const folder = notifyFolder(dataFolder(env), snapshotIdOf({ workspace, database }));
  try {
    const dead = targetNames(context, env)
      .map((target) => ({ target, count: targetMemory(folder, target).readDead().length }))
      .filter(({ count }) => count > 0);
    if (dead.length === 0) return [];
    const total = dead.reduce((sum, { count }) => sum + count, 0);
    const events = total === 1 ? '1 event was given up' : `${total} events were given up`;
    const message = `${events} for ${dead.map(({ target }) => target).join(', ')}`;
    const next = 'docket notify --dead; docket notify --dead --retry sends them again';
    return [{ name, status: 'warn', message, next }];
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return [{ name, status: 'warn', message: error.message, next: error.hint }];
  }
}

/** Names the targets; most people have none, and `docket notify` says what is wrong with a file. */
function targetNames(context: Context, env: Env): readonly string[] {
  try {
    return readTargets(env, context).map(({ name }) => name);
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    return [];
  }
}
