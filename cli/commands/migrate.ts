import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { migrate } from '../../lib/operations/set-up.ts';
import { migrateDatabase } from '../../lib/tracker/database/migrate.ts';
import { defineCommand } from '../command/command.ts';

export const command = defineCommand({
  verb: migrate,
  usage: '[--database URL]',
  args: { min: 0, max: 0 },
  flags: {},
  examples: ['docket migrate', 'DOCKET_USER=admin docket migrate'],
  async run(input) {
    const context = findContext({ ...input.io, database: input.flags.database });
    const url = databaseUrl(context.database);
    const result = await namingDatabase(input.flags.database, () =>
      migrateDatabase(planConnection(context, input.io.env), (from, to) =>
        input.io.progress(
          from === 0
            ? `Making docket's tables in ${url} ...`
            : `Migrating ${url} from schema ${from} to ${to} ...`,
        ),
      ),
    );
    const { applied, to, copy } = result;
    const text =
      applied.length === 0
        ? `Nothing to do: ${url} has schema ${to}`
        : `${url} now has schema ${to} (applied: ${applied.join(', ')})${copy === undefined ? '' : `\nA copy from before is ${copy}`}`;
    return { data: { database: url, ...result }, text };
  },
});

/** Lets the hints of a failure name the database that the person named, which has no list yet. */
async function namingDatabase<T>(url: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DocketError) || url === undefined) throw error;
    const { code, message, hint } = error;
    const named = hint
      ?.replace(/; docket list --cached .*$/, '')
      .replace(/\bdocket (doctor|migrate)\b/g, `docket $1 --database ${shellWord(url)}`);
    throw new DocketError(code, message, { hint: named, cause: error });
  }
}
