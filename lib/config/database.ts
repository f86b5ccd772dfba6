import { join } from 'node:path';
import { type FileConnection, isLocalFile } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { type Env, homeOf } from './paths.ts';
import { resolveFrom } from './working-folder.ts';

/** A database on a server, as a URL names it. */
export interface ServerDatabase {
  readonly kind: 'mysql';
  readonly host: string;
  readonly port: number;
  readonly name: string;
  /** A user name in the URL, for the person who wrote it. */
  readonly user: string | undefined;
  /** Whether the URL says `?ssl=off`, which counts only in the person's own approval. */
  readonly sslOff: boolean;
}

/** A database, as a URL names it, without a password. */
export type Database = FileConnection | ServerDatabase;

const hint = 'sqlite:/path/to/file.db or mysql://host:3306/name';

/**
 * Parses `sqlite:PATH` (relative to `folder`) or `mysql://[user@]host[:port]/name[?ssl=off]`.
 *
 * @throws DocketError `invalid_input`; a password in the URL is refused and not repeated. `usage`
 * for a relative path where the working folder is gone.
 */
export function parseDatabase(
  url: string,
  folder: string | undefined,
  env: Env = process.env,
): Database {
  if (url.startsWith('sqlite:')) {
    const path = url.slice('sqlite:'.length);
    if (path === '')
      throw new DocketError('invalid_input', 'the sqlite: URL has no path', { hint });
    return { kind: 'sqlite', path: resolveFrom(folder, path.replace(/^~(?=\/)/, homeOf(env))) };
  }
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.protocol !== 'mysql:') {
    throw new DocketError('invalid_input', 'not a database URL', { hint });
  }
  if (parsed.password !== '') {
    throw new DocketError('invalid_input', 'a password does not belong in a URL', {
      hint: 'Set DOCKET_PASSWORD, or write it to credentials.json (docket trust --help)',
    });
  }
  const name = decoded(parsed.pathname.slice(1));
  const user = decoded(parsed.username);
  if (name === undefined || user === undefined) {
    throw new DocketError('invalid_input', 'the URL has a % that stands for nothing', { hint });
  }
  if (parsed.hostname === '' || !/^[^/\s]+$/.test(name)) {
    throw new DocketError('invalid_input', 'the URL needs a host and a database name', { hint });
  }
  const unknown = [...parsed.searchParams.keys()].find((key) => key !== 'ssl');
  const ssl = parsed.searchParams.get('ssl');
  if (unknown !== undefined || (ssl !== null && ssl !== 'off')) {
    throw new DocketError('invalid_input', 'the URL takes ?ssl=off and nothing else', { hint });
  }
  return {
    kind: 'mysql',
    host: parsed.hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    name,
    user: user === '' ? undefined : user,
    sslOff: ssl === 'off',
  };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The canonical URL of a database: approvals, snapshots and breakers are keyed by it. */
export function databaseUrl(database: Database): string {
  if (isLocalFile(database)) return `sqlite:${database.path}`;
  const host = database.host.includes(':') ? `[${database.host}]` : database.host;
  return `mysql://${host}:${database.port}/${encodeURIComponent(database.name)}`;
}

/** The file that a person without any configuration uses. */
export function defaultDatabase(dataFolder: string): Database {
  return { kind: 'sqlite', path: join(dataFolder, 'docket.db') };
}

const loopback = /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || loopback.test(host);
}
