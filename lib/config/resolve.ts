import { resolve } from 'node:path';
import {
  type Connection,
  isLocalFile,
  needsLogin,
  needsNetwork,
  type ServerConnection,
} from '../model/connection.ts';
import { DocketError } from '../model/errors.ts';
import { makeSlug } from '../model/key.ts';
import { shellWord } from '../model/shell-word.ts';
import { credentialsFile, findLogin, type Login, osUser } from './credentials.ts';
import {
  type Database,
  databaseUrl,
  defaultDatabase,
  parseDatabase,
  type ServerDatabase,
} from './database.ts';
import { findProject, type ProjectSearch } from './find-project.ts';
import { findProjectFolders, isDefaultOwn, isOwnFile, isOwnPlace } from './own-place.ts';
import { parseUserConfig } from './parse-config.ts';
import { configFolder, dataFolder, type Env, stateFolder } from './paths.ts';
import { readJson } from './read-json.ts';
import type { UserConfig } from './schema.ts';
import { type Approval, findApproval, isInsideClaudeCode, tlsOf, trustFile } from './trust.ts';

export type DatabaseSource = 'flag' | 'environment' | 'project' | 'user' | 'default';

/** The list that a folder means, and why: `docket where` prints it. */
export interface Context {
  /** Absolute, without `.`, `..` or a slash at the end. */
  readonly folder: string;
  readonly search: ProjectSearch;
  /** Folders whose files a repository can have brought, and not the person; paths like `folder`. */
  readonly projectFolders: readonly string[];
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
  start: string,
  env: Env,
  options: { readonly database?: string | undefined } = {},
): Context {
  const folder = resolve(start);
  const search = findProject(folder, env);
  const userConfig = readJson(userFile(env), parseUserConfig) ?? {};
  const { project } = search;
  return {
    folder,
    search,
    projectFolders: findProjectFolders({ folder, search }, env),
    workspace:
      project?.config.workspace ??
      (search.checkout === undefined ? defaultWorkspace(env) : undefined),
    ...chooseDatabase({ folder, env, flag: options.database, search, userConfig }),
    userConfig,
  };
}

/** The file of the person's own configuration. */
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
  if (flag !== undefined) return { database: parseDatabase(flag, folder, env), source: 'flag' };
  if (env.DOCKET_DATABASE) {
    return { database: parseDatabase(env.DOCKET_DATABASE, folder, env), source: 'environment' };
  }
  if (project?.config.database !== undefined) {
    const database = parseDatabase(project.config.database, project.root, env);
    // A repository must not choose the user.
    const nobody = needsLogin(database) ? { ...database, user: undefined } : database;
    return { database: nobody, source: 'project' };
  }
  if (userConfig.database !== undefined) {
    return { database: parseDatabase(userConfig.database, configFolder(env), env), source: 'user' };
  }
  return { database: defaultDatabase(dataFolder(env)), source: 'default' };
}

/** The list of a person who is outside any repository. */
function defaultWorkspace(env: Env): { id: string; slug: string } {
  const user = osUser(env);
  return { id: `default:${user}`.slice(0, 36), slug: makeSlug(user) };
}

/**
 * Decides whether the database may be connected to. Docket's default file may, what the person names
 * in their own file (SQLite) or on the command line outside Claude Code, and what they approved.
 *
 * @throws DocketError `not_trusted` with the line that approves it.
 */
export function planConnection(context: Context, env: Env): Connection {
  const { database, source } = context;
  const isOwn = isOwnWord(context, env);
  if (isOwn && isLocalFile(database)) return database;
  const path = trustFile(env);
  const approval = approvalOf(context, env);
  if (approval === undefined && !isOwn) {
    const url = databaseUrl(database);
    const list = isOwnFile(path, context, env)
      ? ''
      : `. ${path} does not count here, as the project could have made it`;
    throw new DocketError('not_trusted', `${url} (${describeSource(source)}) is not approved`, {
      hint: `If you know this database, run in a terminal of your own: docket trust ${shellWord(url)}${list}`,
    });
  }
  if (isLocalFile(database)) return database;
  const login = loginOf(context, env, approval);
  return {
    kind: 'mysql',
    host: database.host,
    port: database.port,
    ...membersOf(database, login, env),
    database: database.name,
    ...login,
    tls: chooseTls(login, database, approval),
  };
}

/** The other members of a cluster; a socket leads to one server of this machine. */
function membersOf(
  database: ServerDatabase,
  { socket }: Login,
  env: Env,
): Pick<ServerConnection, 'others' | 'memberFile'> {
  const { others } = database;
  if (others === undefined || socket !== undefined) return {};
  const name = databaseUrl(database).replace(/[^A-Za-z0-9.-]+/g, '_');
  return { others, memberFile: `${stateFolder(env)}/members/${name.slice(0, 200)}` };
}

/** The person's own file says more of the way to the server than the URL that they approved. */
function chooseTls(
  { ca, socket }: Login,
  database: Database,
  approval: Approval | undefined,
): 'verify' | 'off' {
  if (ca !== undefined) return 'verify';
  if (socket !== undefined) return 'off';
  if (approval !== undefined) return approval.tls;
  return tlsOf(database, needsNetwork(database) && database.sslOff);
}

/** Finds user and password for the server, in no file that the project could have written. */
export function loginOf(context: Context, env: Env, approval = approvalOf(context, env)): Login {
  const { database, userConfig } = context;
  if (!needsLogin(database)) throw new DocketError('internal', 'a file needs no login');
  const { user } = userConfig;
  const path = userFile(env);
  const isUserOwn = user !== undefined && isOwnPlace(path, context, env);
  if (isUserOwn && !isOwnFile(path, context, env)) {
    throw new DocketError('invalid_config', `${path} can be written by others`, {
      hint: `chmod go-w ${shellWord(path)}`,
    });
  }
  return findLogin(env, database, {
    configuredUser: isUserOwn ? user : undefined,
    approvedUser: approval?.user,
    mayReadFile: isOwnPlace(credentialsFile(env), context, env),
  });
}

function approvalOf(context: Context, env: Env): Approval | undefined {
  if (!isOwnFile(trustFile(env), context, env)) return undefined;
  return findApproval(env, context.database, context.projectFolders);
}

function isOwnWord(context: Context, env: Env): boolean {
  const { database, source } = context;
  if (source === 'default') return isDefaultOwn(context, env);
  if (source === 'user') {
    return isLocalFile(database) && isOwnFile(userFile(env), context, env);
  }
  return source === 'flag' && !isInsideClaudeCode(env);
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
