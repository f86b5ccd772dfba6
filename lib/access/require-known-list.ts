import { databaseUrl } from '../config/database.ts';
import { type Env, stateFolder } from '../config/paths.ts';
import { snapshotIdOf } from '../config/snapshot-id.ts';
import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { isKnownList, knownListFiles } from '../state/known-list.ts';
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
  refuseMissingFile(context, connection, env);
  if (!isMissingFile(connection) || context.source === 'default') return;
  throw new DocketError('unreachable', `there is no database at ${connection.path}`, {
    hint: `To make it: docket init --database ${shellWord(databaseUrl(context.database))}`,
  });
}

/**
 * Refuses a SQLite file that is missing and has held the list before.
 *
 * @throws DocketError `unreachable`
 */
export function refuseMissingFile(context: ListContext, connection: Connection, env: Env): void {
  if (!isMissingFile(connection) || !isKnownList(stateFolder(env), snapshotIdOf(context))) return;
  const message = `${connection.path} is missing, and the list ${context.workspace.slug} with it`;
  throw gone(message, context, env);
}

/**
 * Refuses a database that no longer has a list which this machine has used in it: an empty list
 * would look like work that is done.
 *
 * @throws DocketError `unreachable`
 */
export function refuseIfUsedBefore(context: ListContext, env: Env): void {
  if (!isKnownList(stateFolder(env), snapshotIdOf(context))) return;
  const { database, workspace } = context;
  const message = `${databaseUrl(database)} does not have the list ${workspace.slug} any more`;
  throw gone(message, context, env);
}

/** Makes the error of a database in which a list is not to begin that it does not have. */
export function missingList({ database, workspace }: ListContext): DocketError {
  return new DocketError(
    'not_found',
    `${databaseUrl(database)} does not have the list ${workspace.slug}`,
    {
      hint: 'docket restore brings it there from a backup, docket copy from another database',
    },
  );
}

function gone(message: string, context: ListContext, env: Env): DocketError {
  const wasShown = readSnapshot(stateFolder(env), snapshotIdOf(context)) !== undefined;
  const seen = wasShown ? '. docket list --cached shows what was last seen' : '';
  return new DocketError('unreachable', message, {
    hint: `Put the database back, or begin an empty list: ${anew(context, env)}${seen}`,
  });
}

/** Says how a list begins anew; init makes none outside a project. */
function anew(context: ListContext, env: Env): string {
  if (context.search.project !== undefined) return 'docket init';
  const files = knownListFiles(stateFolder(env), snapshotIdOf(context));
  return `rm ${files.map(shellWord).join(' ')}`;
}
