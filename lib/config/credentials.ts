import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readText } from '../filesystem/read-file.ts';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { accountName } from './account.ts';
import { databaseUrl, type ServerDatabase } from './database.ts';
import { configFolder, type Env } from './paths.ts';
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

/**
 * Finds user and password for an approved database. A user without a password works.
 *
 * @throws DocketError `invalid_config` when others can read the file.
 */
export function findLogin(
  env: Env,
  database: ServerDatabase,
  {
    configuredUser,
    mayReadFile = true,
  }: { readonly configuredUser: string | undefined; readonly mayReadFile?: boolean },
): Login {
  const path = credentialsFile(env);
  const stored = mayReadFile ? readCredentials(path, databaseUrl(database)) : undefined;
  const given = env.DOCKET_USER || database.user;
  const user = given ?? stored?.user ?? configuredUser ?? osUser(env);
  const password = env.DOCKET_PASSWORD ?? stored?.password ?? '';
  return { user, password, ca: stored?.ca, socket: stored?.socket };
}

export function osUser(env: Env): string {
  return accountName() ?? env.USER ?? env.LOGNAME ?? 'unknown';
}

/** Reads the entry of one database. Paths in it are relative to the file's folder. */
function readCredentials(path: string, url: string): Credentials | undefined {
  const all = readJson(path, requireRecord, { isSecret: true });
  if (all === undefined || !Object.hasOwn(all, url)) return undefined;
  requirePrivate(path);
  const entry = requireRecord(all[url], `${path}: ${url}`);
  const read = (name: string) => optionalText(entry[name], `${path}: ${url}: ${name}`);
  const [ca, socket] = [read('ca'), read('socket')];
  return {
    user: read('user'),
    password: read('password'),
    ca: ca === undefined ? undefined : readAuthorities(resolve(dirname(path), ca)),
    socket: socket === undefined ? undefined : resolve(dirname(path), socket),
  };
}

/** An authority's certificate takes 2 kB; a system's whole list of them 250 kB. */
const mostBytes = 1024 * 1024;

function readAuthorities(path: string): string {
  let reason = 'there is no such file';
  try {
    const text = readText(path, mostBytes);
    if (text !== undefined) return text;
  } catch (error) {
    reason = (error as Error).message;
  }
  throw wrong(path, `cannot be used as the "ca" of credentials.json: ${reason}`);
}

function requirePrivate(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return;
  throw new DocketError('invalid_config', `${path} can be read by others`, {
    hint: `chmod 600 ${shellWord(path)}`,
  });
}
