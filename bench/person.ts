import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDatabase } from '../lib/config/database.ts';
import { type Env, stateFolder } from '../lib/config/paths.ts';
import { approve } from '../lib/config/trust.ts';
import type { Connection } from '../lib/model/connection.ts';
import type { WorkspaceName } from '../lib/tracker/workspace.ts';

/** A person with docket installed and one project, laid out as `docket init` leaves it. */
export interface Person {
  readonly project: string;
  readonly installation: string;
  /** What a terminal of theirs has; Claude Code adds to it. */
  readonly env: Env & { readonly HOME: string };
  readonly state: string;
  /** How they connect to their server. */
  readonly login?: Connection;
}

export type ServerLogin = Extract<Connection, { kind: 'mysql' }>;

export const workspace: WorkspaceName = {
  id: '019a0000-0000-7000-8000-00000000beef',
  slug: 'web',
};

/** Where the default database of a home lies. */
export function databaseOf(home: string): string {
  return join(home, '.local/share/docket/docket.db');
}

/**
 * Makes a person's home and project. Without a URL the list lies in the default SQLite file, else
 * in the database that the project names and the person has approved.
 */
export function makePerson(
  home: string,
  installation: string,
  server?: { readonly url: string; readonly login: ServerLogin },
): Person {
  const data = join(home, '.local/share/docket');
  const project = join(home, 'web');
  const hooks = join(project, '.claude/docket');
  for (const folder of [data, hooks, join(project, '.git')]) mkdirSync(folder, { recursive: true });
  symlinkSync(installation, join(data, 'current'));
  symlinkSync(join(installation, 'hook'), join(hooks, 'hook'));
  const config = { workspace, ...(server ? { database: server.url } : {}) };
  writeFileSync(join(project, '.claude/docket.json'), JSON.stringify(config));
  const env = { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' };
  if (server !== undefined) admit(env, server);
  const state = stateFolder(env);
  return { project, installation, env, state, ...(server ? { login: server.login } : {}) };
}

/** The person's word for a server, and their password there. */
function admit(
  env: Env & { readonly HOME: string },
  { url, login: { user, password } }: { url: string; login: ServerLogin },
): void {
  approve(env, parseDatabase(url, '/'));
  const file = join(env.HOME, '.config/docket/credentials.json');
  writeFileSync(file, JSON.stringify({ [url]: { user, password } }));
  chmodSync(file, 0o600);
}
