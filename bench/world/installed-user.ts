import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDatabase } from '../../lib/config/database.ts';
import { type Env, stateFolder } from '../../lib/config/paths.ts';
import { approve } from '../../lib/config/trust.ts';
import { installationOf } from '../../lib/install/installation.ts';
import { installVersion } from '../../lib/install/verbs/install-version.ts';
import type { Connection, ServerConnection } from '../../lib/model/connection.ts';
import { markServerUse } from '../../lib/state/server-mark.ts';
import type { WorkspaceName } from '../../lib/tracker/database/join-workspace.ts';
import { metafileFolder } from '../../scripts/build.ts';

/** A person with docket installed and one project, laid out as `docket init` leaves it. */
export interface InstalledUser {
  readonly project: string;
  /** The path of `docket`, as it is on their PATH. */
  readonly command: string;
  /** The environment of their terminal; Claude Code adds to it. */
  readonly env: Env & { readonly HOME: string };
  readonly state: string;
  /** The canonical URL of the database that their list lies in. */
  readonly database: string;
  /** The connection to their server. */
  readonly login?: Connection;
}

export type ServerLogin = ServerConnection;

export const workspace: WorkspaceName = {
  id: '019a0000-0000-7000-8000-00000000beef',
  slug: 'web',
};

/** Gives the path of a home's default database. */
export function databaseOf(home: string): string {
  return join(home, '.local/share/docket/docket.db');
}

/**
 * Makes a person's home and project. Without a server the list lies in the default SQLite file,
 * else in the database that the project names and the person has approved.
 */
export function makeInstalledUser(
  home: string,
  dist: string,
  server?: { readonly url: string; readonly login: ServerLogin },
): InstalledUser {
  const env = { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' };
  installVersion({
    env,
    dist,
    version: '0.0.0',
    leaveOut: [metafileFolder],
    node: process.execPath,
  });
  const { launcher, command } = installationOf(env);
  const project = join(home, 'web');
  const entries = join(project, '.claude/docket');
  for (const folder of [entries, join(project, '.git')]) mkdirSync(folder, { recursive: true });
  copyFileSync(launcher, join(entries, 'hook'));
  const config = { workspace, ...(server ? { database: server.url } : {}) };
  writeFileSync(join(project, '.claude/docket.json'), JSON.stringify(config));
  if (server !== undefined) admit(env, server);
  const state = stateFolder(env);
  markServerUse(state, server !== undefined);
  const database = server?.url ?? `sqlite:${databaseOf(home)}`;
  return { project, command, env, state, database, ...(server ? { login: server.login } : {}) };
}

/** Writes the person's approval of a server, and their password there. */
function admit(
  env: Env & { readonly HOME: string },
  { url, login: { user, password } }: { url: string; login: ServerLogin },
): void {
  approve(env, parseDatabase(url, '/'));
  const file = join(env.HOME, '.config/docket/credentials.json');
  writeFileSync(file, JSON.stringify({ [url]: { user, password } }));
  chmodSync(file, 0o600);
}
