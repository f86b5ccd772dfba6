import { databaseUrl, parseDatabase } from '../config/database.ts';
import { isStateOwn } from '../config/own-place.ts';
import { type Env, homeOf, stateFolder } from '../config/paths.ts';
import { type Context, resolveContext } from '../config/resolve.ts';
import { noWorkingFolder } from '../config/working-folder.ts';
import { statOrUndefined } from '../filesystem/path-facts.ts';
import { DocketError } from '../model/errors.ts';
import { readSession } from '../state/session-state.ts';
import type { ListContext, ListInput } from './list-context.ts';

/**
 * Finds the configuration that a front door means. Reads files only.
 *
 * @throws DocketError `usage` where the working folder is gone and no session is bound to another.
 */
export function findContext({ env, cwd, database }: ListInput): Context {
  const folder = boundFolder(env, cwd) ?? cwd ?? projectFolder(env);
  if (folder === undefined) throw noWorkingFolder();
  return resolveContext(folder, env, { database: fromHere(database, { env, cwd }) });
}

/**
 * Finds the configuration, which must have a list.
 *
 * @throws DocketError `not_initialised`
 */
export function findListContext(input: ListInput): ListContext {
  const context = findContext(input);
  const { workspace } = context;
  if (workspace !== undefined) return { ...context, workspace };
  throw new DocketError('not_initialised', `docket is not set up in ${context.folder}`, {
    hint: 'docket init',
  });
}

/** Finds the folder of the session that this runs in, where the working folder is gone. */
export function sessionFolder(env: Env): string | undefined {
  return boundFolder(env, undefined) ?? projectFolder(env);
}

/** Finds the folder that the session started in: a `cd` inside it does not change the list. */
function boundFolder(env: Env, cwd: string | undefined): string | undefined {
  const session = env.CLAUDE_CODE_SESSION_ID;
  const place = cwd ?? projectFolder(env) ?? homeOf(env);
  if (!session || !isStateOwn(place, env)) return undefined;
  const { folder } = readSession(stateFolder(env), session);
  return folder !== undefined && isFolder(folder) ? folder : undefined;
}

function projectFolder({ CLAUDE_PROJECT_DIR: folder }: Env): string | undefined {
  return folder?.startsWith('/') && isFolder(folder) ? folder : undefined;
}

function isFolder(path: string): boolean {
  const found = statOrUndefined(path);
  return typeof found === 'object' && found.isDirectory();
}

/** Resolves a relative path in a database URL against the caller's folder. */
function fromHere(
  url: string | undefined,
  { env, cwd }: Pick<ListInput, 'env' | 'cwd'>,
): string | undefined {
  return url?.startsWith('sqlite:') ? databaseUrl(parseDatabase(url, cwd, env)) : url;
}
