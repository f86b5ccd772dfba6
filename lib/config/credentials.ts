import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readText } from '../filesystem/read-file.ts';
import { needsLogin } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { accountName } from './account.ts';
import { databaseUrl, parseDatabase, type ServerDatabase } from './database.ts';
import { configFolder, type Env } from './paths.ts';
import { isMine } from './personal-path.ts';
import { readJson } from './read-json.ts';
import { optionalText, requireRecord, wrong } from './require-shape.ts';

/** The entry of `credentials.json` for one database URL. */
interface Credentials extends Way {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

/** How the server is reached and known, where that is not the URL's matter but the person's. */
interface Way {
  /** The authorities, as PEM, that may have signed the server's certificate. */
  readonly ca: string | undefined;
  /** The path of the server's Unix socket. */
  readonly socket: string | undefined;
}

export interface Login extends Way {
  readonly user: string;
  readonly password: string;
}

export function credentialsFile(env: Env): string {
  return join(configFolder(env), 'credentials.json');
}

/** The form of the file, which help and errors show. */
export const credentialsForm =
  '{"mysql://db.example.com:3306/tasks": {"user": "alice", "password": "..."}}';

/**
 * Finds user and password for an approved database. A user without a password works.
 *
 * @throws DocketError `invalid_config` when others can read the file, or it has another form: to
 * try another user instead would only look like a wrong password.
 */
export function findLogin(
  env: Env,
  database: ServerDatabase,
  {
    configuredUser,
    approvedUser,
    mayReadFile = true,
  }: {
    readonly configuredUser: string | undefined;
    /** The user of the URL that the person approved. */
    readonly approvedUser?: string | undefined;
    readonly mayReadFile?: boolean;
  },
): Login {
  const path = credentialsFile(env);
  const stored = mayReadFile ? readCredentials(path, databaseUrl(database)) : undefined;
  const given = env.DOCKET_USER || database.user;
  const user = given ?? stored?.user ?? approvedUser ?? configuredUser ?? osUser(env);
  // A kept password is that of the kept user, and is shown to no server as another's.
  const isStored = stored?.user === undefined || stored.user === user;
  const password = env.DOCKET_PASSWORD ?? (isStored ? stored?.password : undefined) ?? '';
  return { user, password, ca: stored?.ca, socket: stored?.socket };
}

export function osUser(env: Env): string {
  return accountName() ?? env.USER ?? env.LOGNAME ?? 'unknown';
}

/** Reads the entry of one database. Paths in it are relative to the file's folder. */
function readCredentials(path: string, url: string): Credentials | undefined {
  const all = readJson(path, parseCredentials, { isSecret: true });
  if (all === undefined) return undefined;
  requirePrivate(path);
  const entry = all.find((one) => one.url === url);
  if (entry === undefined) return undefined;
  const { ca, socket } = entry;
  return {
    ...entry,
    ca: ca === undefined ? undefined : readAuthorities(resolve(dirname(path), ca)),
    socket: socket === undefined ? undefined : resolve(dirname(path), socket),
  };
}

/** @throws DocketError `invalid_config` for what has another form */
export function parseCredentials(value: unknown, path: string) {
  try {
    const entries = Object.entries(requireRecord(value, path));
    return entries.map(([key, entry]) => parseEntry(path, key, entry));
  } catch (error) {
    throw new DocketError('invalid_config', (error as Error).message, {
      hint: `Its form is ${credentialsForm}, its mode 0600`,
    });
  }
}

/** Parses an entry. Its URL may be written as in commands: without the port, or with the user. */
function parseEntry(path: string, key: string, value: unknown): Credentials & { url: string } {
  const database = parseKey(key);
  if (database === undefined) throw wrong(path, 'has a key that is not the URL of a server');
  const url = databaseUrl(database);
  const { user, password, ca, socket, ...others } = requireRecord(value, `${path}: ${url}`);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw wrong(`${path}: ${url}`, `has no field "${unknown}"`);
  const text = (field: unknown, name: string) => optionalText(field, `${path}: ${url}: ${name}`);
  return {
    url,
    user: text(user, 'user') ?? database.user,
    password: text(password, 'password'),
    ca: text(ca, 'ca'),
    socket: text(socket, 'socket'),
  };
}

/** The canonical URL of the database that an entry is for. */
export function urlOfEntry(key: string): string | undefined {
  const database = parseKey(key);
  return database && databaseUrl(database);
}

/** Without the error of what is no URL, which could quote a password. */
function parseKey(key: string): ServerDatabase | undefined {
  try {
    const database = parseDatabase(key, '/');
    return needsLogin(database) ? database : undefined;
  } catch {
    return undefined;
  }
}

/** An authority's certificate takes 2 kB; a system's whole list of them 250 kB. */
const mostBytes = 1024 * 1024;

function readAuthorities(path: string): string {
  let reason = 'there is no such file';
  try {
    const text = readText(path, mostBytes);
    if (text !== undefined && /BEGIN [A-Z0-9 ]*CERTIFICATE/.test(text)) return text;
    if (text !== undefined) reason = 'it holds no certificate as PEM';
  } catch (error) {
    reason = (error as Error).message;
  }
  const why = `${path} cannot be used as the "ca" of credentials.json: ${reason}`;
  throw new DocketError('invalid_config', why, {
    hint: "Put the certificate of the authority there that signed the server's, as its administrator has it",
  });
}

/** @throws DocketError `invalid_config` for a file that others can read. */
export function requirePrivate(path: string): void {
  const found = statSync(path);
  if (!isMine(found)) throw wrong(path, `belongs to user id ${found.uid}`);
  if ((found.mode & 0o077) === 0) return;
  throw new DocketError('invalid_config', `${path} can be read by others`, {
    hint: `chmod 600 ${shellWord(path)}`,
  });
}
