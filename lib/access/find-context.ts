import { statSync } from 'node:fs';
import { databaseUrl, parseDatabase } from '../config/database.ts';
import { isStateOwn } from '../config/own-place.ts';
import { type Env, stateFolder } from '../config/paths.ts';
import { type Context, resolveContext } from '../config/resolve.ts';
import { DocketError } from '../model/errors.ts';
import { readSession } from '../state/session-state.ts';
import type { ListContext, ListInput } from './list-context.ts';

/** Finds the configuration that a front door means. Reads files only. */
export function findContext({ env, cwd, database }: ListInput): Context {
  const folder = sessionFolder(env, cwd) ?? cwd;
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

/** Finds the folder that the session started in: a `cd` inside it does not change the list. */
function sessionFolder(env: Env, cwd: string): string | undefined {
  const session = env.CLAUDE_CODE_SESSION_ID;
  if (!session || !isStateOwn(cwd, env)) return undefined;
  const { folder } = readSession(stateFolder(env), session);
  const isThere =
    folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  return isThere ? folder : undefined;
}

/** Resolves a relative path in a database URL against the caller's folder. */
function fromHere(
  url: string | undefined,
  { env, cwd }: Pick<ListInput, 'env' | 'cwd'>,
): string | undefined {
  return url?.startsWith('sqlite:') ? databaseUrl(parseDatabase(url, cwd, env)) : url;
}
