import { join } from 'node:path';
import { writePrivately } from '../filesystem/atomic-write.ts';
import { needsNetwork } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { type Database, databaseUrl, isLoopback, parseDatabase } from './database.ts';
import { configFolder, type Env } from './paths.ts';
import { isPersonal } from './personal-path.ts';
import { readJson } from './read-json.ts';
import { optionalText, requireRecord, requireText, wrong } from './require-shape.ts';

/** The person's approval of one database. */
export interface Approval {
  readonly url: string;
  /** TLS is verified off loopback unless the person approved `?ssl=off`. */
  readonly tls: 'verify' | 'off';
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
  return entry && { url, tls: tlsOf(database, entry.isSslOff) };
}

interface Trusted {
  readonly url: string;
  readonly isSslOff: boolean;
}

function parseTrusted(value: unknown, file: string): readonly Trusted[] {
  const { databases } = requireRecord(value, file);
  if (!Array.isArray(databases)) throw wrong(`${file}: databases`, 'is not a list');
  return databases.map((entry: unknown, index) => {
    const { url, ssl } = requireRecord(entry, `${file}: databases.${index}`);
    const mode = optionalText(ssl, `${file}: databases.${index}.ssl`);
    return { url: requireText(url, `${file}: databases.${index}.url`), isSslOff: mode === 'off' };
  });
}

/** Lists all approvals, for the person to see. @throws DocketError `invalid_config` */
export function listApprovals(env: Env): readonly Approval[] {
  return (readJson(trustFile(env), parseTrusted) ?? []).map(({ url, isSslOff }) => ({
    url,
    tls: tlsOf(parseDatabase(url, '/'), isSslOff),
  }));
}

/**
 * Records the person's approval in one step, in a file that the person alone can read.
 *
 * @throws DocketError `invalid_config` when it cannot be written.
 */
export function approve(env: Env, database: Database): Approval {
  const path = trustFile(env);
  const url = databaseUrl(database);
  const isSslOff = needsNetwork(database) && database.sslOff;
  const others = (readJson(path, parseTrusted) ?? []).filter((other) => other.url !== url);
  const databases = [...others, { url, isSslOff }].map((each) => ({
    url: each.url,
    ...(each.isSslOff ? { ssl: 'off' } : {}),
  }));
  write(path, `${JSON.stringify({ databases }, null, 2)}\n`);
  return { url, tls: tlsOf(database, isSslOff) };
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
  return sslOff || !needsNetwork(database) || isLoopback(database.host) ? 'off' : 'verify';
}

const claudeVariables = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_PID', 'AI_AGENT'];

/** Whether Claude Code started this process: a person cannot approve anything there. */
export function isInsideClaudeCode(env: Env): boolean {
  return claudeVariables.some((name) => env[name] !== undefined);
}
