import { credentialsFile } from '../../lib/config/credentials.ts';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { approve, isInsideClaudeCode, listApprovals, trustFile } from '../../lib/config/trust.ts';
import { needsLogin } from '../../lib/model/connection.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { shellWord } from '../../lib/model/shell-word.ts';
import { trust } from '../../lib/operations/set-up.ts';
import { safeLine } from '../../lib/render/text/safe-text.ts';
import { defineCommand } from '../command/command.ts';

export const command = defineCommand({
  verb: trust,
  usage: '[URL]',
  args: { min: 0, max: 1 },
  flags: {},
  examples: [
    'docket trust mysql://db.example.com:3306/tasks',
    "docket trust 'mysql://db.example.com:3306/tasks?ssl=off'   (without TLS)",
    'docket trust',
  ],
  async run({ args: [url], io }) {
    const { env } = io;
    if (url === undefined) return listing(env);
    const database = parseDatabase(url, io.cwd, env);
    if (isInsideClaudeCode(env)) {
      throw new DocketError('not_trusted', 'only you can approve a database, not a session', {
        hint: `Run in a terminal of your own: docket trust ${shellWord(databaseUrl(database))}`,
      });
    }
    const approval = approve(env, database);
    const text = [
      `docket may connect to ${approval.url}${tlsText(approval)}`,
      ...(needsLogin(database)
        ? [
            `User and password: DOCKET_USER and DOCKET_PASSWORD, or ${credentialsFile(env)} (mode 0600): {"${approval.url}": {"user": "...", "password": "..."}}`,
          ]
        : []),
    ].join('\n');
    return { data: { approval }, text };
  },
});

function listing(env: Parameters<typeof listApprovals>[0]) {
  const approvals = listApprovals(env);
  const lines = approvals.map((approval) => safeLine(`${approval.url}${tlsText(approval)}`, 1_000));
  const text =
    lines.length === 0
      ? 'No database is approved. The default one, a file of your own, needs no approval.'
      : [...lines, `To take one back, remove it from ${trustFile(env)}`].join('\n');
  return { data: { approvals }, text };
}

function tlsText({ url, tls }: { url: string; tls: string }): string {
  if (url.startsWith('sqlite:')) return '';
  return tls === 'verify' ? ', with TLS and a certificate that is checked' : ', without TLS';
}
