import { databaseUrl } from '../config/database.ts';
import { type Env, stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { readSnapshot } from '../state/snapshot.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import type { ListContext } from './list-context.ts';

/**
 * Refuses a SQLite file that is missing, where making one would hide something: a list that was in
 * it before, or a wrong path. Any command makes docket's own default file, and no other.
 *
 * @throws DocketError `unreachable`
 */
export function requireFile(context: ListContext, connection: Connection, env: Env): void {
  if (!isMissingFile(connection)) return;
  if (hasBeenSeen(context, env)) {
    throw gone(`${connection.path} is missing, and the list ${context.workspace.slug} with it`);
  }
  if (context.source === 'default') return;
  throw new DocketError('unreachable', `there is no database at ${connection.path}`, {
    hint: `To make it: docket init --database ${shellWord(databaseUrl(context.database))}`,
  });
}

/**
 * Refuses a database that no longer has a list which this machine has seen in it: an empty list
 * would look like work that is done.
 *
 * @throws DocketError `unreachable`
 */
export function refuseIfSeenBefore(context: ListContext, env: Env): void {
  if (!hasBeenSeen(context, env)) return;
  throw gone(
    `${databaseUrl(context.database)} does not have the list ${context.workspace.slug} any more`,
  );
}

function hasBeenSeen(context: ListContext, env: Env): boolean {
  const snapshot = readSnapshot(stateFolder(env), snapshotIdOf(context));
  return snapshot !== undefined && snapshot.list.seq > 0;
}

function gone(message: string): DocketError {
  return new DocketError('unreachable', message, {
    hint: 'Put the database back, or begin an empty list: docket init. docket list --cached shows what was last seen',
  });
}
