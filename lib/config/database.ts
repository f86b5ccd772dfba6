import { join } from 'node:path';
import { type FileConnection, type Host, isLocalFile } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { type Env, homeOf } from './paths.ts';
import { resolveFrom } from './working-folder.ts';

/** A database on a server, or on the members of a cluster, as a URL names it. */
export interface ServerDatabase extends Host {
  readonly kind: 'mysql';
  /** The members that the URL names after the first one. */
  readonly others?: readonly Host[];
  readonly name: string;
  /** A user name in the URL, for the person who wrote it. */
  readonly user: string | undefined;
  /** Whether the URL says `?ssl=off`, which counts only in the person's own approval. */
  readonly sslOff: boolean;
}

/** A database, as a URL names it, without a password. */
export type Database = FileConnection | ServerDatabase;

const hint =
  'sqlite:/path/to/file.db, mysql://host:3306/name, or mysql://host1,host2,host3/name for a cluster';

/**
 * Parses `sqlite:PATH` (relative to `folder`) or `mysql://[user@]host[:port]/name[?ssl=off]`, where
 * several hosts, with a comma between them, are the members of a cluster.
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
  const urls = splitHosts(url);
  if (urls.length > mostHosts) {
    throw new DocketError('invalid_input', `the URL names more than ${mostHosts} hosts`, { hint });
  }
  const [database = parseServer(url), ...members] = urls.map(parseServer);
  if (members.length === 0) return database;
  const others = members.map(({ host, port }) => ({ host, port }));
  const names = hostsOf({ ...database, others }).map(spellHost);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return { ...database, others };
  throw new DocketError('invalid_input', `the URL names ${twice} twice`, { hint });
}

/** A group of MySQL servers has nine members at most. */
const mostHosts = 16;

/** The URLs of one host each that a URL of several hosts stands for. @throws DocketError */
function splitHosts(url: string): readonly string[] {
  const [, scheme = '', user = '', hosts, rest = ''] =
    /^(mysql:\/\/)([^/?#]*@)?([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (hosts === undefined) return [url];
  if (/@.*,.*@$/.test(user)) {
    throw new DocketError('invalid_input', 'a URL names one user for all its hosts', { hint });
  }
  return hosts.split(',').map((host) => `${scheme}${user}${host}${rest}`);
}

function parseServer(url: string): ServerDatabase {
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
  const hosts = hostsOf(database).map(spellHost);
  return `mysql://${hosts.join(',')}/${encodeURIComponent(database.name)}`;
}

/** A host with its port, as a URL has them. */
export function spellHost({ host, port }: Host): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The file that a person without any configuration uses. */
export function defaultDatabase(dataFolder: string): Database {
  return { kind: 'sqlite', path: join(dataFolder, 'docket.db') };
}

/** All members of a database's cluster, the first one before the others. */
export function hostsOf({ host, port, others = [] }: ServerDatabase): readonly Host[] {
  return [{ host, port }, ...others];
}

const loopback = /^127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || loopback.test(host);
}
