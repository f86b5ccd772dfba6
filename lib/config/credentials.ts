import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DocketError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import { accountName } from './account.ts';
import { databaseUrl, type ServerDatabase } from './database.ts';
import { configFolder, type Env } from './paths.ts';
import { readJson } from './read-json.ts';
import { optionalText, requireRecord } from './require-shape.ts';

/** The entry of `credentials.json` for one database URL. */
interface Credentials {
  readonly user: string | undefined;
  readonly password: string | undefined;
}

export interface Login {
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
  return { user, password: env.DOCKET_PASSWORD ?? stored?.password ?? '' };
}

export function osUser(env: Env): string {
  return accountName() ?? env.USER ?? env.LOGNAME ?? 'unknown';
}

/** Reads the entry of one database: a password, and a user name where it is another one. */
function readCredentials(path: string, url: string): Credentials | undefined {
  const all = readJson(path, requireRecord, { isSecret: true });
  if (all === undefined || !Object.hasOwn(all, url)) return undefined;
  requirePrivate(path);
  const { user, password } = requireRecord(all[url], `${path}: ${url}`);
  return {
    user: optionalText(user, `${path}: ${url}: user`),
    password: optionalText(password, `${path}: ${url}: password`),
  };
}

function requirePrivate(path: string): void {
  if ((statSync(path).mode & 0o077) === 0) return;
  throw new DocketError('invalid_config', `${path} can be read by others`, {
    hint: `chmod 600 ${shellWord(path)}`,
  });
}
