import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import { needsLogin } from '../../lib/model/connection.ts';
import {
  backupsUser,
  type DatabaseUser,
  isPersonName,
  isUserHost,
  migrationsUser,
} from '../../lib/model/database-user.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { restoreVerb } from '../../lib/operations/moving.ts';
import { restoreFile } from '../../lib/operations/restore.ts';
import { renderRestore } from '../../lib/render/figures/backup.ts';
import { restoreOnServer } from '../../lib/tracker/backup/server-backup.ts';
import { isBackupUrl, requireServer } from '../command/backup-url.ts';
import { defineCommand } from '../command/command.ts';
import { progressAtTerminal, tellMoving, tellWaiting } from '../command/moving.ts';
import { namingDatabase } from '../command/naming-database.ts';

export const command = defineCommand({
  verb: restoreVerb,
  usage: 'FILE|URL [--database URL]',
  document: {
    title: 'It is brought back from',
    fields: {
      FILE: 'what docket backup or docket export wrote',
      URL: "a backup that Dolt's server has written itself, as file:///backups/docket",
    },
  },
  args: { min: 1, max: 1 },
  flags: {},
  examples: [
    'docket restore ~/backups/docket-backup-docket-1f3a9c-20261129T021500000Z.db',
    'docket restore file:///var/backups/docket --database mysql://root@db.example.com:3306/docket',
    'docket restore web.jsonl --database mysql://root@db.example.com:3306/docket',
  ],
  async run({ args: [given = ''], flags, io }) {
    const context = findContext({ ...io, database: flags.database });
    const connection = planConnection(context, io.env);
    const database = databaseUrl(context.database);
    const progress = progressAtTerminal(io);
    const onProgress = tellMoving(progress);
    const isOnServer = isBackupUrl(given);
    const from = isOnServer ? given : resolveFrom(io.cwd, given);
    const { lists, madeDatabase, users } = await namingDatabase(flags.database, () =>
      isOnServer
        ? tellWaiting(progress, 'The server reads its backup ...', async () => ({
            ...(await restoreOnServer(requireServer(connection), { from, url: database })),
            users: [],
          }))
        : restoreFile(from, { connection, url: database, onProgress }),
    );
    const administrator = database.replace('mysql://', 'mysql://root@');
    const next = needsLogin(connection) ? bringingBack(users, administrator) : null;
    const data = { from, database, madeDatabase, lists: [...lists], next };
    return { data, text: renderRestore(data, io.style) };
  },
});

/**
 * The command that gives people their users back, one for each place where they came from. Names are
 * the text of a file: those that are no names are left out.
 */
function bringingBack(users: readonly DatabaseUser[], administrator: string): string {
  const known = users.filter(({ name, host }) => isPersonName(name) && isUserHost(host));
  const command = `docket server bootstrap ${shellWord(administrator)}`;
  const commands = [...Map.groupBy(known, ({ host }) => host)].map(([host, there]) => {
    const names = there.map(({ name }) => name);
    const people = names.filter((name) => name !== migrationsUser && name !== backupsUser);
    return [
      command,
      ...(people.length > 0 ? [`--user ${people.join(',')}`] : []),
      ...(names.includes(backupsUser) ? ['--backups'] : []),
      ...(host === '%' ? [] : [`--from ${shellWord(host)}`]),
    ].join(' ');
  });
  return commands.length === 0 ? `${command} --user NAME` : commands.join(' && ');
}
