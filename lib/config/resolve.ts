import type { Connection } from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { makeSlug } from '../model/key.ts';
import { findLogin, osUser } from './credentials.ts';
import { type Database, databaseUrl, defaultDatabase, parseDatabase } from './database.ts';
import { findProject, type ProjectSearch } from './find-project.ts';
import { parseUserConfig } from './parse-config.ts';
import { configFolder, dataFolder, type Env } from './paths.ts';
import { readJson } from './read-json.ts';
import type { UserConfig } from './schema.ts';
import { type Approval, findApproval, isInsideClaudeCode, isPersonal, tlsOf } from './trust.ts';

export type DatabaseSource = 'flag' | 'environment' | 'project' | 'user' | 'default';

/** Which list a folder means, and why: what `docket where` prints. */
export interface Context {
  readonly folder: string;
  readonly search: ProjectSearch;
  /** Undefined in a repository where docket was never initialised. */
  readonly workspace: { readonly id: string; readonly slug: string } | undefined;
  readonly database: Database;
  readonly source: DatabaseSource;
  readonly userConfig: UserConfig;
}

/**
 * Decides which workspace and which database a folder means. Reads files only.
 *
 * @throws DocketError `invalid_config`, `invalid_input` (a database URL)
 */
export function resolveContext(
  folder: string,
  env: Env,
  options: { readonly database?: string | undefined } = {},
): Context {
  const search = findProject(folder, env);
  const userConfig = readJson(userFile(env), parseUserConfig) ?? {};
  const { project } = search;
  return {
    folder,
    search,
    workspace:
      project?.config.workspace ??
      (search.checkout === undefined ? defaultWorkspace(env) : undefined),
    ...chooseDatabase({ folder, env, flag: options.database, search, userConfig }),
    userConfig,
  };
}

/** The person's own configuration. */
export function userFile(env: Env): string {
  return `${configFolder(env)}/config.json`;
}

function chooseDatabase({
  folder,
  env,
  flag,
  search: { project },
  userConfig,
}: {
  folder: string;
  env: Env;
  flag: string | undefined;
  search: ProjectSearch;
  userConfig: UserConfig;
}): { database: Database; source: DatabaseSource } {
  if (flag !== undefined) return { database: parseDatabase(flag, folder), source: 'flag' };
  if (env.DOCKET_DATABASE) {
    return { database: parseDatabase(env.DOCKET_DATABASE, folder), source: 'environment' };
  }
  if (project?.config.database !== undefined) {
    return { database: parseDatabase(project.config.database, project.root), source: 'project' };
  }
  if (userConfig.database !== undefined) {
    return { database: parseDatabase(userConfig.database, configFolder(env)), source: 'user' };
  }
  return { database: defaultDatabase(dataFolder(env)), source: 'default' };
}

/** The list of a person who is outside any repository. */
function defaultWorkspace(env: Env): { id: string; slug: string } {
  const user = osUser(env);
  return { id: `default:${user}`.slice(0, 36), slug: makeSlug(user) };
}

/**
 * What may be connected to: docket's default file, what the person names in their own file (SQLite)
 * or on the command line outside Claude Code, and what they approved.
 *
 * @throws DocketError `not_trusted` with the line that approves it.
 */
export function planConnection(context: Context, env: Env): Connection {
  const { database, source, userConfig } = context;
  const isOwn = isOwnWord(context, env);
  if (isOwn && database.kind === 'sqlite') return { kind: 'sqlite', path: database.path };
  const approval = findApproval(env, database, projectFolders(context, env));
  if (approval === undefined && !isOwn) {
    const url = databaseUrl(database);
    throw new DocketError('not_trusted', `${url} (${describeSource(source)}) is not approved`, {
      hint: `If you know this database, run in a terminal of your own: docket trust ${quoted(url)}`,
    });
  }
  if (database.kind === 'sqlite') return { kind: 'sqlite', path: database.path };
  return {
    kind: 'mysql',
    host: database.host,
    port: database.port,
    database: database.name,
    ...findLogin(env, database, userConfig.user),
    tls: approvedTls(database, approval),
  };
}

function approvedTls(database: Database, approval: Approval | undefined): 'verify' | 'off' {
  if (approval !== undefined) return approval.tls;
  return tlsOf(database, database.kind === 'mysql' && database.sslOff);
}

function isOwnWord(context: Context, env: Env): boolean {
  const { database, source } = context;
  if (source === 'default') return true;
  if (source === 'user') {
    return database.kind === 'sqlite' && isPersonal(userFile(env), projectFolders(context, env));
  }
  return source === 'flag' && !isInsideClaudeCode(env);
}

/**
 * Where files can come from a repository, and not from the person. In Claude Code its settings can
 * set any variable; in a terminal of the person's own only the person does.
 */
function projectFolders({ folder, search }: Context, env: Env): readonly string[] {
  const session = isInsideClaudeCode(env) ? [folder, search.checkout, env.CLAUDE_PROJECT_DIR] : [];
  return [search.project?.root, ...session].filter((each) => each !== undefined);
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function describeSource(source: DatabaseSource): string {
  return {
    flag: 'from --database',
    environment: 'from DOCKET_DATABASE',
    project: "from the project's .claude/docket.json",
    user: 'from your own config.json',
    default: 'the default',
  }[source];
}
