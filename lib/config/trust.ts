import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import * as z from 'zod/mini';
import { type Database, databaseUrl, isLoopback } from './database.ts';
import { configFolder, type Env } from './paths.ts';
import { readJson } from './read-json.ts';

const Trusted = z.object({
  databases: z.array(z.object({ url: z.string(), ssl: z.optional(z.literal('off')) })),
});

/** The person's word for one database. */
export interface Approval {
  readonly url: string;
  /** TLS is verified off loopback unless the person approved `?ssl=off`. */
  readonly tls: 'verify' | 'off';
}

export function trustFile(env: Env): string {
  return join(configFolder(env), 'trusted.json');
}

/**
 * The approval of a database, if the person gave one. A list that lies inside the project is not
 * the person's: a project's settings can point XDG_CONFIG_HOME there.
 */
export function findApproval(
  env: Env,
  database: Database,
  projectRoot: string | undefined,
): Approval | undefined {
  const path = trustFile(env);
  if (projectRoot !== undefined && path.startsWith(projectRoot + sep)) return undefined;
  const url = databaseUrl(database);
  const entry = readJson(path, Trusted)?.databases.find((trusted) => trusted.url === url);
  return entry && { url, tls: tlsOf(database, entry.ssl === 'off') };
}

/** Records the person's approval; atomic, readable by the person alone. */
export function approve(env: Env, database: Database): Approval {
  const path = trustFile(env);
  const url = databaseUrl(database);
  const sslOff = database.kind === 'mysql' && database.sslOff;
  const others = (readJson(path, Trusted)?.databases ?? []).filter((other) => other.url !== url);
  const databases = [...others, { url, ...(sslOff ? { ssl: 'off' } : {}) }];
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ databases }, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, path);
  return { url, tls: tlsOf(database, sslOff) };
}

export function tlsOf(database: Database, sslOff: boolean): 'verify' | 'off' {
  return sslOff || database.kind === 'sqlite' || isLoopback(database.host) ? 'off' : 'verify';
}

const claudeVariables = ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_PID', 'AI_AGENT'];

/** Whether this process was started by Claude Code, where a person's word cannot be given. */
export function isInsideClaudeCode(env: Env): boolean {
  return claudeVariables.some((name) => env[name] !== undefined);
}
