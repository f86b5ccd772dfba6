import { databaseUrl, hostsOf, type ServerDatabase, spellHost } from '../../config/database.ts';
import { shellWord } from '../../model/shell-word.ts';

/**
 * Says what a person can see to when a server cannot be used.
 *
 * @param message what `explainOutage` made of the failure
 * @param user whom the server was asked as, where that is known
 */
export function hintOfOutage(
  database: ServerDatabase,
  message: string,
  { user, credentials }: { readonly user: string | undefined; readonly credentials: string },
): string {
  const url = databaseUrl(database);
  if (message.includes('wrong user name or password')) {
    const named = url.replace('mysql://', `mysql://${encodeURIComponent(user ?? 'USER')}@`);
    return `docket trust ${shellWord(named)} --password - < FILE keeps user and password in credentials.json; or set DOCKET_USER and DOCKET_PASSWORD`;
  }
  if (/does not match|altname/i.test(message)) {
    return 'The URL needs a name that the certificate is for: see who gave you the URL';
  }
  if (message.includes('certificate has expired')) {
    return "The server's administrator renews its certificate";
  }
  if (message.includes('cannot be trusted over TLS')) {
    return `Put the certificate of the authority that signed the server's beside ${credentials}, and name it there: {"${url}": {"ca": "ca.crt"}}`;
  }
  if (message.includes('offers no TLS')) {
    return `See whether this is the right server. Without TLS: docket trust ${shellWord(`${url}?ssl=off`)}`;
  }
  if (/does not let this user|Unknown database/i.test(message)) {
    return `See whether the database is called ${database.name}, and whether its administrator lets your user in: docket server bootstrap --help`;
  }
  const hosts = hostsOf(database).map(spellHost).join(', ');
  return `See whether a server listens on ${hosts} and has the database ${database.name}`;
}
