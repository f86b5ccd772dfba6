import { findContext } from '../../lib/access/find-context.ts';
import { databaseUrl } from '../../lib/config/database.ts';
import { planConnection } from '../../lib/config/resolve.ts';
import { isInsideClaudeCode } from '../../lib/config/trust.ts';
import { needsLogin, needsNetwork } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { bootstrapServer as verb } from '../../lib/operations/set-up.ts';
import { type BootstrapResult, bootstrapServer } from '../../lib/tracker/database/bootstrap.ts';
import { defineCommand, type Noun } from '../command/command.ts';
import { namingDatabase } from '../command/naming-database.ts';

const bootstrap = defineCommand({
  verb,
  usage: 'URL [--user NAME ...] [--backups]',
  args: { min: 0, max: 1 },
  flags: {
    user: {
      type: 'string',
      list: true,
      value: 'NAME',
      description: 'a person, who gets a user with the everyday rights',
    },
    from: {
      type: 'string',
      value: 'HOST',
      description: "where users may come from, as '10.0.0.%'; '%' (the default): anywhere",
    },
    backups: {
      type: 'boolean',
      description: 'also docket_backup, a user for docket backup',
    },
    'reset-password': {
      type: 'string',
      list: true,
      value: 'NAME',
      description: 'one of those users, who is there and gets a new password',
    },
  },
  examples: ['docket server bootstrap mysql://root@db.example.com/docket --user alice,bob'],
  async run({ args: [argument], flags, io }) {
    const given = oneUrl(argument, flags.database);
    if (isInsideClaudeCode(io.env)) {
      throw new DocketError('not_trusted', 'only you can make users, not a session', {
        hint: `Run in a terminal of your own: docket server bootstrap ${shellWord(given)}`,
      });
    }
    const context = findContext({ ...io, database: given });
    const connection = planConnection(context, io.env);
    if (!needsLogin(connection)) {
      throw new DocketError('usage', 'a file has no users to make', {
        hint: 'mysql://root@db.example.com:3306/docket',
      });
    }
    const url = databaseUrl(context.database);
    const from = flags.from ?? '%';
    const { user: people, backups, 'reset-password': reset } = flags;
    const request = { people, from, backups, reset };
    const result = await namingDatabase(url, () =>
      bootstrapServer(connection, request, io.progress),
    );
    const { database } = context;
    const suffix = needsNetwork(database) && database.sslOff ? '?ssl=off' : '';
    return {
      data: { database: url, from, ...result },
      text: describe({ url, suffix, from }, result),
    };
  },
});

/** The server is named in one way, and never by what else says which database is meant. */
function oneUrl(argument: string | undefined, flag: string | undefined): string {
  const given = argument ?? flag;
  if (given !== undefined && (flag === undefined || flag === given)) return given;
  const message =
    given === undefined
      ? 'docket server bootstrap needs the URL of the database to make'
      : 'two URLs are named, and one database is made';
  throw new DocketError('usage', message, {
    hint: 'docket server bootstrap mysql://root@db.example.com/docket --user alice',
  });
}

interface Place {
  readonly url: string;
  /** What an approval of the URL says beside it. */
  readonly suffix: string;
  readonly from: string;
}

function describe(place: Place, { madeDatabase, schema, users }: BootstrapResult): string {
  const { url, from } = place;
  const width = Math.max(...users.map(({ name }) => name.length));
  const lines = users.map(({ name, role, change, password }) => {
    const what = password ?? 'was there, and keeps its password';
    const remark = [
      ...(change === 'new_password' ? ['its new password'] : []),
      ...(role === 'migrations' ? ['for docket migrate'] : []),
      ...(role === 'backups' ? ['for docket backup'] : []),
    ].join(', ');
    return `  ${name.padEnd(width)}  ${what}${remark === '' ? '' : `  (${remark})`}`;
  });
  const people = users.filter(({ role }) => role === 'everyday');
  const isShown = users.some(({ password }) => password !== undefined);
  return [
    `${url} ${madeDatabase ? 'was made and' : 'was there and'} has schema ${schema.to}. Its users${from === '%' ? '' : `, from ${from}`}:`,
    ...lines,
    ...(isShown ? ['These passwords are shown once, now, and kept nowhere.'] : []),
    ...(people.length === 0 ? [] : ['', ...toPeople(place, people)]),
  ].join('\n');
}

function toPeople({ url, suffix }: Place, people: BootstrapResult['users']): readonly string[] {
  const own = people.map(({ name }) => url.replace('mysql://', `mysql://${name}@`) + suffix);
  return [
    'Each runs this once, and gives the password on standard input:',
    ...own.map((each) => `  docket trust ${shellWord(each)} --password -`),
    'and in each project, where it is not set up yet:',
    `  docket init --database ${shellWord(url)}`,
  ];
}

export const command: Noun = {
  summary: "A team's server: its database, tables and users",
  verbs: { bootstrap },
};
