import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { migrate } from '../../lib/operations/set-up.ts';
import { migrateDatabase } from '../../lib/tracker/database/migrate.ts';
import { defineCommand } from '../command/command.ts';
import { namingDatabase } from '../command/naming-database.ts';

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
