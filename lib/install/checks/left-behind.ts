import { databaseUrl } from '../../config/database.ts';
import type { Env } from '../../config/paths.ts';
import { type Context, planConnection, resolveContext } from '../../config/resolve.ts';
import { isLocalFile } from '../../model/connection.ts';
import { shellWord } from '../../model/shell-word.ts';
import { peekOpenTasks, peekWorkspace } from '../../tracker/database/inspect.ts';
import type { Check } from '../check.ts';
import { readRepository } from '../parts/repository.ts';

/**
 * Checks whether open tasks stay in the file that a project's list was in, when another database is
 * given to the project; to be asked before that is written down.
 */
export async function checkLeftBehind(
  folder: string,
  { database }: Pick<Context, 'database'>,
  env: Env,
): Promise<readonly Check[]> {
  const before = resolveContext(folder, env);
  const url = databaseUrl(before.database);
  if (!isLocalFile(before.database) || url === databaseUrl(database)) return [];
  const count = await countOpen(folder, before, { env, copy: databaseUrl(database) });
  if (count === 0) return [];
  const tasks = count === 1 ? '1 open task stays' : `${count} open tasks stay`;
  const message = `${tasks} in ${url}`;
  const [from, to] = [url, databaseUrl(database)].map(shellWord);
  const next = `docket copy ${from} ${to} brings them along, before anything is done there; docket list --database ${from} shows them`;
  return [{ name: 'former list', status: 'warn', message, next }];
}

/** Counts what only the former database has: a list that was left for its copy is in the copy. */
async function countOpen(
  folder: string,
  before: Context,
  { env, copy }: { readonly env: Env; readonly copy: string },
): Promise<number> {
  try {
    const connection = planConnection(before, env);
    const { fingerprint } = await readRepository(folder);
    const known = before.workspace ?? (await peekWorkspace(connection, fingerprint));
    return known === undefined ? 0 : await peekOpenTasks(connection, known.id, copy);
  } catch {
    // What cannot be read leaves nothing that anybody could see.
    return 0;
  }
}
