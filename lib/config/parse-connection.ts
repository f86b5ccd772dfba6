import { type Connection, isLocalFile } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { parseDatabase } from './database.ts';
import { tlsOf } from './trust.ts';
import { workingFolder } from './working-folder.ts';

/** What a database URL does not say. */
export interface ConnectionOptions {
  /** The folder that a relative path begins in; by default the one the process runs in. */
  readonly folder?: string;
  /** The user at the server, unless the URL names one. */
  readonly user?: string;
  /** The password at the server; none by default. */
  readonly password?: string;
  /** The authorities, as PEM, that may have signed the server's certificate. */
  readonly ca?: string;
}

/**
 * Parses the URL of a database for a program: `sqlite:PATH`, or
 * `mysql://[USER@]HOST[:PORT]/NAME[?ssl=off]`, where several hosts with a comma between them are the
 * members of a cluster. TLS is verified, except on loopback and with `?ssl=off`. Configuration and the environment say nothing here.
 *
 * ```ts
 * parseConnection('mysql://alice@db.example.com/tasks', { password });
 * ```
 *
 * @throws DocketError `invalid_input`: another URL, one with a password, or no user for a server
 */
export function parseConnection(
  url: string,
  { folder = workingFolder(), user: named, password = '', ca }: ConnectionOptions = {},
): Connection {
  const database = parseDatabase(checkUrl(url), folder);
  if (isLocalFile(database)) return database;
  const { host, port, others, name, sslOff, user = named } = database;
  if (!user) {
    throw new DocketError('invalid_input', 'parseConnection: the server needs a user', {
      hint: `mysql://USER@${host}/${name}, or the option user`,
    });
  }
  const tls = ca === undefined ? tlsOf(database, sslOff) : 'verify';
  return {
    kind: 'mysql',
    host,
    port,
    ...(others === undefined ? {} : { others }),
    database: name,
    user,
    password,
    tls,
    ...(ca === undefined ? {} : { ca }),
  };
}

/** A password in a URL ends up in logs. A program says it beside the URL. */
function checkUrl(url: string): string {
  if (typeof url !== 'string') {
    throw new DocketError('invalid_input', 'parseConnection: the URL is not a text', {
      hint: 'The URL is sqlite:/path/to/file.db or mysql://USER@HOST/NAME',
    });
  }
  if (!URL.canParse(url) || new URL(url).password === '') return url;
  throw new DocketError('invalid_input', 'parseConnection: a password does not belong in a URL', {
    hint: 'parseConnection(url, { password })',
  });
}
