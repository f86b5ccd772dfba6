import { credentialsFile, credentialsForm, findLogin } from '../../lib/config/credentials.ts';
import { type Database, databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { keepPassword } from '../../lib/config/keep-password.ts';
import type { Env } from '../../lib/config/paths.ts';
import {
  type Approval,
  approve,
  isInsideClaudeCode,
  listApprovals,
  trustFile,
} from '../../lib/config/trust.ts';
import { needsLogin } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { trust } from '../../lib/operations/set-up.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { defineCommand } from '../command/command.ts';
import type { CommandIo } from '../terminal/io.ts';

export const command = defineCommand({
  verb: trust,
  usage: '[URL]',
  args: { min: 0, max: 1 },
  flags: {
    password: {
      type: 'string',
      value: '-',
      description: 'keep the password that comes on standard input in credentials.json',
    },
  },
  document: {
    title: `Passwords lie in docket/credentials.json under XDG config, mode 0600:\n  ${credentialsForm}\nA database's entry may have`,
    fields: {
      user: 'the user at the server; else the one of the URL that you approved',
      password: "the user's password",
      ca: "a file of the authorities that may have signed the server's certificate",
      socket: "the server's Unix socket, to use instead of the network",
    },
  },
  examples: [
    'docket trust mysql://alice@db.example.com:3306/tasks --password -',
    "docket trust 'mysql://db.example.com:3306/tasks?ssl=off'   (without TLS)",
    'docket trust mysql://db1.example.com,db2.example.com/tasks   (the members of one cluster)',
    'docket trust',
  ],
  async run({ args: [url], flags, io }) {
    const { env } = io;
    if (flags.password !== undefined && (url === undefined || flags.password !== '-')) {
      throw new DocketError('usage', 'a password is kept for a URL, from standard input alone', {
        hint: 'docket trust URL --password -',
      });
    }
    if (url === undefined) return listing(env);
    const database = parseDatabase(url, io.cwd, env);
    if (isInsideClaudeCode(env)) {
      throw new DocketError('not_trusted', 'only you can approve a database, not a session', {
        hint: `Run in a terminal of your own: docket trust ${shellWord(databaseUrl(database))}`,
      });
    }
    const password = flags.password && (await readPassword(database, io));
    const approved = approve(env, database);
    const kept =
      password && needsLogin(database) ? keepPassword(env, database, password) : undefined;
    const approval = withAuthority(env, approved);
    const text = [
      `docket may connect to ${approval.url}${userText(approval)}${tlsText(approval)}`,
      ...(kept === undefined ? [] : [`Its password is kept in ${kept}`]),
      ...(needsLogin(database) && !storedLogin(env, database)?.password
        ? [passwordText(env, approval)]
        : []),
    ].join('\n');
    return { data: { approval }, text };
  },
});

/** @throws DocketError `usage` for what is no password of one line, or has nobody to ask for it */
async function readPassword(database: Database, io: CommandIo): Promise<string> {
  if (!needsLogin(database)) throw new DocketError('usage', 'a file has no password');
  const password = (await io.readStdin()).replace(/\r?\n$/, '');
  if (password !== '' && !/[\r\n]/.test(password)) return password;
  throw new DocketError('usage', 'the password is one line on standard input', {
    hint: `docket trust ${shellWord(databaseUrl(database))} --password - < FILE`,
  });
}

/** Finds what the person's file says of a server; nothing where that cannot be read. */
function storedLogin(env: Env, database: Database) {
  try {
    return needsLogin(database)
      ? findLogin(env, database, { configuredUser: undefined })
      : undefined;
  } catch {
    return undefined;
  }
}

/** Says TLS of a server of this machine, too, where the person's file names its authority. */
function withAuthority(env: Env, approval: Approval): Approval {
  const login = storedLogin(env, parseDatabase(approval.url, '/'));
  return login?.ca === undefined ? approval : { ...approval, tls: 'verify' };
}

/** Says how a password comes to docket, for a person who has given none. */
function passwordText(env: Env, { url, user }: Approval): string {
  const named = url.replace('mysql://', `mysql://${encodeURIComponent(user ?? 'USER')}@`);
  return [
    `Its password: docket trust ${shellWord(named)} --password - < FILE,`,
    `  or DOCKET_USER and DOCKET_PASSWORD, or ${credentialsFile(env)} (mode 0600):`,
    `  {"${url}": {"user": "${user ?? '...'}", "password": "..."}}`,
  ].join('\n');
}

function listing(env: Env) {
  const approvals = listApprovals(env).map((approval) => withAuthority(env, approval));
  const lines = approvals.map((approval) =>
    safeLine(`${approval.url}${userText(approval)}${tlsText(approval)}`, 1_000),
  );
  const text =
    lines.length === 0
      ? 'No database is approved. The default one, a file of your own, needs no approval.'
      : [...lines, `To take one back, remove it from ${trustFile(env)}`].join('\n');
  return { data: { approvals }, text };
}

function userText({ user }: { readonly user?: string }): string {
  return user === undefined ? '' : ` as ${user}`;
}

function tlsText({ url, tls }: { url: string; tls: string }): string {
  if (url.startsWith('sqlite:')) return '';
  return tls === 'verify' ? ', with TLS and a certificate that is checked' : ', without TLS';
}
