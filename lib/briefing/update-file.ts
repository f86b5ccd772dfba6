import { withDeadline } from '../hook-io/deadline.ts';
import type { Connection } from '../model/connection.ts';
import { openStore } from '../tracker/database/open.ts';
import { mostValues } from './most-values.ts';
import { busyTimeout, largestMigration, registerDeadline } from './write-limits.ts';

// A bundle of its own: one prompt after an upgrade of docket needs it.

/**
 * Brings a file that an older docket made to this one's schema, as the start of a session does.
 *
 * @returns what the person should hear of it; undefined when another process was faster.
 * @throws DocketError `migration_due` for a file that takes too long, `unreachable`; DeadlineError
 */
export async function updateFile(connection: Connection): Promise<string | undefined> {
  let notice: string | undefined;
  await withDeadline(async () => {
    const store = await openStore(connection, {
      ...{ busyTimeout, mostValues, largestMigration },
      onNotice({ kind, text }) {
        if (kind === 'migrated') notice = text;
      },
    });
    await store.close();
  }, registerDeadline);
  return notice;
}
