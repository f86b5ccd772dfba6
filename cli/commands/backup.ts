import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { resolveFrom } from '../../lib/config/working-folder.ts';
import type { BackupAnswer } from '../../lib/model/answers/backup.ts';
import { isLocalFile } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { parseKeep } from '../../lib/model/keep.ts';
import { backupDatabase } from '../../lib/operations/backup.ts';
import { backupVerb } from '../../lib/operations/moving.ts';
import { renderBackup } from '../../lib/render/figures/backup.ts';
import { backupOnServer } from '../../lib/tracker/backup/server-backup.ts';
import { isBackupUrl, requireServer } from '../command/backup-url.ts';
import { defineCommand } from '../command/command.ts';
import { progressAtTerminal, tellMoving, tellWaiting } from '../command/moving.ts';
import { namingDatabase } from '../command/naming-database.ts';

export const command = defineCommand({
  verb: backupVerb,
  usage: 'FOLDER|URL [--keep 7d,4w,6m] [--dump]',
  document: {
    title: 'It is written to',
    fields: {
      FOLDER: 'a file there, with every list of the database',
      URL: "where Dolt's server itself keeps its history, as file:///backups/docket: a path there",
    },
  },
  args: { min: 1, max: 1 },
  flags: {
    keep: {
      type: 'string',
      value: 'PERIODS',
      description: 'remove older ones but the last of so many days, weeks and months',
    },
    dump: {
      type: 'boolean',
      description: 'of a SQLite file too what a server gives: lines for any engine',
    },
  },
  examples: [
    'docket backup ~/backups --keep 7d,4w,6m',
    'docket backup /srv/backups --database mysql://db.example.com:3306/docket',
    'docket backup file:///var/backups/docket --database mysql://db.example.com:3306/docket',
  ],
  async run({ args: [given = ''], flags, io }) {
    const keep = flags.keep === undefined ? undefined : parseKeep(flags.keep);
    const context = findContext({ ...io, database: flags.database });
    const connection = planConnection(context, io.env);
    const database = databaseUrl(context.database);
    const progress = progressAtTerminal(io);
    if (isBackupUrl(given)) {
      if (keep !== undefined || flags.dump) {
        throw new DocketError(
          'usage',
          'a backup of the server itself takes no --keep and no --dump',
          {
            hint: 'It holds the whole history. For several, name several URLs in turn',
          },
        );
      }
      const server = requireServer(connection);
      const lists = await tellWaiting(progress, 'The server writes its backup ...', () =>
        namingDatabase(flags.database, () => backupOnServer(server, given)),
      );
      const made = { kind: 'dolt', to: given, bytes: null, retention: null } as const;
      const data: BackupAnswer = { database, ...made, lists: [...lists], drafts: [] };
      return { data, text: renderBackup(data) };
    }
    const folder = resolveFrom(io.cwd, given);
    const kind = isLocalFile(connection) && !flags.dump ? 'db' : 'jsonl';
    const made = await namingDatabase(flags.database, () =>
      backupDatabase({
        ...{ connection, url: database, kind, folder, keep },
        onProgress: tellMoving(progress),
      }),
    );
    const { file: to, bytes, drafts, retention } = made;
    const data: BackupAnswer = {
      ...{ database, kind, to, bytes, lists: [...made.lists], drafts: [...drafts] },
      retention:
        retention === undefined
          ? null
          : { ...retention, removed: [...retention.removed], broken: [...retention.broken] },
    };
    return { data, text: renderBackup(data) };
  },
});
