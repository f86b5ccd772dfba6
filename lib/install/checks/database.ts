import { refuseIfUsedBefore, requireFile } from '../../access/require-known-list.ts';
import { credentialsFile } from '../../config/credentials.ts';
import { databaseUrl } from '../../config/database.ts';
import { type Env, stateFolder } from '../../config/paths.ts';
import { type Context, describeSource, loginOf, planConnection } from '../../config/resolve.ts';
import { snapshotIdOf } from '../../config/snapshot-id.ts';
import { isLocalFile, isMadeByUse } from '../../model/connection.ts';
import { shellWord } from '../../model/shell-word.ts';
import { renderTime } from '../../render/text/age.ts';
import { isOpen, readBreaker } from '../../state/breaker.ts';
import { ListMoved } from '../../tracker/database/has-moved.ts';
import { type Inspection, inspectDatabase } from '../../tracker/database/inspect.ts';
import type { Check } from '../check.ts';
import { checkOwner } from './foreign-list.ts';
import { hintOfOutage } from './outage-hint.ts';

/** Checks whether the list can be read and written, and whether hooks have reached it. */
export async function checkDatabase(
  context: Context,
  { env, now }: { env: Env; now: number },
): Promise<readonly Check[]> {
  const url = databaseUrl(context.database);
  const where = `${url} (${describeSource(context.source)})`;
  return [...(await inspect(context, { env, where })), ...checkBreaker(context, { env, now })];
}

async function inspect(
  context: Context,
  { env, where }: { env: Env; where: string },
): Promise<readonly Check[]> {
  const name = 'database';
  try {
    const connection = planConnection(context, env);
    const { workspace } = context;
    const list = workspace && { ...context, workspace };
    if (list !== undefined) requireFile(list, connection, env);
    const found = await inspectDatabase(connection, workspace?.id);
    if (list !== undefined && isWithout(found)) refuseIfUsedBefore(list, env);
    const named =
      context.source === 'flag' ? ` --database ${shellWord(databaseUrl(context.database))}` : '';
    const migrate = `docket migrate${named}`;
    const check = describe(found, { where, madeByUse: isMadeByUse(connection), migrate });
    const { remark } = found;
    const place: Check[] =
      remark === undefined ? [] : [{ name: 'file system', status: 'warn', message: remark }];
    return [check, ...place, ...(await checkOwner(context, found))];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const known = 'hint' in error ? error.hint : undefined;
    const { message } = error;
    const next = typeof known === 'string' ? known : unreachableHint(context, error, env);
    return [
      {
        name,
        status: 'fail',
        message: message.startsWith(where) ? message : `${where}: ${message}`,
        next,
      },
    ];
  }
}

/** Whether the database has no such list; one of another schema is not asked. */
function isWithout({ schema, workspace }: Inspection): boolean {
  return workspace === undefined && schema !== 'old' && schema !== 'too_new';
}

function unreachableHint(context: Context, error: Error, env: Env): string | undefined {
  if ('code' in error && error.code === 'invalid_config') return undefined;
  const { database } = context;
  if (isLocalFile(database)) return `See whether you may read and write ${database.path}`;
  const { user } = loginOf(context, env);
  return hintOfOutage(database, error.message, { user, credentials: credentialsFile(env) });
}

function describe(
  found: Inspection,
  { where, madeByUse, migrate }: { where: string; madeByUse: boolean; migrate: string },
): Check {
  const name = 'database';
  const { schema, version, knownVersion, workspace, writeError } = found;
  if (schema === 'too_new') {
    const message = `${where} has schema ${version}, which needs a newer docket (this one knows ${knownVersion})`;
    return { name, status: 'fail', message, next: 'Pull the newest docket, run ./scripts/setup' };
  }
  if (madeByUse && (schema === 'none' || schema === 'old')) {
    const message = `${where} is ${schema === 'none' ? 'made' : 'migrated'} at first use`;
    return { name, status: 'ok', message };
  }
  if (writeError !== undefined) {
    const message = `${where} can be read and not written: ${writeError.message}`;
    const rights = 'Everyday use takes SELECT, INSERT, UPDATE and DELETE on the database';
    const next = writeError.hint ?? (madeByUse ? undefined : rights);
    return { name, status: 'fail', message, next };
  }
  if (schema === 'none' || schema === 'old') {
    const message =
      schema === 'none'
        ? `${where} has no docket tables`
        : `${where} has schema ${version}, this docket needs ${knownVersion}`;
    return { name, status: 'fail', message, next: migrate };
  }
  if (workspace?.movedTo !== undefined) {
    const { message, hint } = new ListMoved(workspace.movedTo);
    return { name, status: 'warn', message: `${where}: ${message}`, next: hint };
  }
  const tasks = workspace?.taskCount === 1 ? '1 task' : `${workspace?.taskCount} tasks`;
  const list = workspace ? `, list ${workspace.slug}: ${tasks} so far` : '';
  return { name, status: 'ok', message: `${where}, schema ${version}${list}` };
}

function checkBreaker(context: Context, { env, now }: { env: Env; now: number }): readonly Check[] {
  const { database, workspace } = context;
  if (workspace === undefined) return [];
  const breaker = readBreaker(stateFolder(env), snapshotIdOf({ database, workspace }));
  if (breaker === undefined) return [];
  const since = renderTime(new Date(breaker.since).toISOString());
  const pause = isOpen(breaker, now)
    ? `; they try again in ${Math.ceil((breaker.until - now) / 1_000)} s`
    : '; the next prompt tries again';
  const message = `hooks have not reached it since ${since}: ${breaker.reason}${pause}`;
  return [{ name: 'hooks and database', status: 'warn', message }];
}
