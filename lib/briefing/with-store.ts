import type { Env } from '../config/paths.ts';
import { planConnection } from '../config/resolve.ts';
import { type Deadline, withDeadline } from '../hook-io/deadline.ts';
import { isMissingFile } from '../tracker/database/missing-file.ts';
import { openStore } from '../tracker/database/open.ts';
import type { HookContext } from './hook-context.ts';
import { mostValues } from './most-values.ts';
import { busyTimeout } from './write-limits.ts';

type Work<T> = (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>;

/**
 * Does something with a hook's list within a deadline.
 *
 * @returns undefined where there is no list, which a hook does not make.
 * @throws DocketError `not_trusted`, `invalid_config`, `unreachable`; DeadlineError
 */
export async function withStore<T>(
  hook: HookContext,
  env: Env,
  { deadline, work }: { readonly deadline: Deadline; readonly work: Work<T> },
): Promise<T | undefined> {
  const connection = planConnection(hook.context, env);
  if (isMissingFile(connection)) return undefined;
  return withDeadline(async (onFirstByte) => {
    const open = { busyTimeout, mostValues, onFirstByte, largestMigration: 0 };
    const store = await openStore(connection, open);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }, deadline);
}
