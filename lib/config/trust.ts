import { join } from 'node:path';
import { writePrivately } from '../filesystem/atomic-write.ts';
import { needsLogin, needsNetwork } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { type Database, databaseUrl, hostsOf, isLoopback, parseDatabase } from './database.ts';
import { configFolder, type Env } from './paths.ts';
import { isPersonal } from './personal-path.ts';
import { readJson } from './read-json.ts';
import { optionalText, requireRecord, requireText, wrong } from './require-shape.ts';

/** The person's approval of one database. */
export interface Approval {
  readonly url: string;
  /** TLS is verified off loopback unless the person approved `?ssl=off`. */
  readonly tls: 'verify' | 'off';
  /** The user whom the person named in the URL, for the commands and hooks that come after. */
  readonly user?: string;
}

export function trustFile(env: Env): string {
  return join(configFolder(env), 'trusted.json');
}

/**
 * Finds the approval of a database, if the person gave one.
 *
 * @throws DocketError `invalid_config` when the list of approvals is broken.
 */
export function findApproval(
  env: Env,
  database: Database,
  projectFolders: readonly string[],
): Approval | undefined {
  const path = trustFile(env);
  if (!isPersonal(path, projectFolders)) return undefined;
  const url = databaseUrl(database);
  const entry = readJson(path, parseTrusted)?.find((trusted) => trusted.url === url);
  return entry && toApproval(entry, database);
}

function toApproval({ url, isSslOff, user }: Trusted, database: Database): Approval {
  return { url, tls: tlsOf(database, isSslOff), ...(user === undefined ? {} : { user }) };
}

interface Trusted {
  readonly url: string;
  readonly isSslOff: boolean;
  readonly user: string | undefined;
}

function parseTrusted(value: unknown, file: string): readonly Trusted[] {
  const { databases } = requireRecord(value, file);
  if (!Array.isArray(databases)) throw wrong(`${file}: databases`, 'is not a list');
  return databases.map((entry: unknown, index) => {
    const what = `${file}: databases.${index}`;
    const { url, ssl, user } = requireRecord(entry, what);
    return {
      url: requireText(url, `${what}.url`),
      isSslOff: optionalText(ssl, `${what}.ssl`) === 'off',
      user: optionalText(user, `${what}.user`),
    };
  });
}

/** Lists all approvals, for the person to see. @throws DocketError `invalid_config` */
export function listApprovals(env: Env): readonly Approval[] {
  return (readJson(trustFile(env), parseTrusted) ?? []).map((entry) =>
    toApproval(entry, parseDatabase(entry.url, '/')),
  );
}

/**
 * Records the person's approval in one step, in a file that the person alone can read. The user
 * that the URL names is kept with it, else the one that was.
 *
 * @throws DocketError `invalid_config` when it cannot be written.
 */
export function approve(env: Env, database: Database): Approval {
  const path = trustFile(env);
  const url = databaseUrl(database);
  const isSslOff = needsNetwork(database) && database.sslOff;
  const known = readJson(path, parseTrusted) ?? [];
  const user =
    (needsLogin(database) ? database.user : undefined) ??
    known.find((one) => one.url === url)?.user;
  const entry = { url, isSslOff, user };
  const databases = [...known.filter((other) => other.url !== url), entry].map((each) => ({
    url: each.url,
    ...(each.isSslOff ? { ssl: 'off' } : {}),
    ...(each.user === undefined ? {} : { user: each.user }),
  }));
  write(path, `${JSON.stringify({ databases }, null, 2)}\n`);
  return toApproval(entry, database);
}

function write(path: string, text: string): void {
  try {
    writePrivately(path, text);
  } catch (error) {
    const { message } = error as Error;
    throw new DocketError('invalid_config', `cannot write ${path}: ${message}`, { cause: error });
  }
}

export function tlsOf(database: Database, sslOff: boolean): 'verify' | 'off' {
  if (sslOff || !needsNetwork(database)) return 'off';
  return hostsOf(database).every(({ host }) => isLoopback(host)) ? 'off' : 'verify';
}

const claudeVariables = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_PID', 'AI_AGENT'];

/** Whether Claude Code started this process: a person cannot approve anything there. */
export function isInsideClaudeCode(env: Env): boolean {
  return claudeVariables.some((name) => env[name] !== undefined);
}
