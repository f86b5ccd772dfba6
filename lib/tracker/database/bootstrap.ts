import type { ServerConnection } from '../../model/connection.ts';
import {
  backupsUser,
  isPersonName,
  isUserHost,
  migrationsUser,
} from '../../model/database-user.ts';
import { DocketError } from '../../model/errors.ts';
import type { Db, Store } from '../../store/contract.ts';
import { StoreError } from '../../store/errors.ts';
import {
  createAccount,
  findAccounts,
  grantBackups,
  grantNames,
  grantRights,
  isPlainName,
  makeDatabase,
  setPassword,
} from '../../store/mysql/accounts.ts';
import { type MigrationResult, migrateDatabase } from './migrate.ts';
import { everydayRights, migrationRights } from './migration-rights.ts';
import { openUnmigrated } from './open.ts';
import { toDocketError } from './translate-errors.ts';

type Role = 'everyday' | 'migrations' | 'backups';

const roles: Readonly<Record<string, Role>> = {
  [migrationsUser]: 'migrations',
  [backupsUser]: 'backups',
};

export interface BootstrapRequest {
  /** The names of the people. */
  readonly people: readonly string[];
  /** Whether there is to be a user who backs the database up. */
  readonly backups: boolean;
  /** Where all users may come from: a host, an address or a pattern of one; `%` is every place. */
  readonly from: string;
  /** Those of the users who get a new password when they are there already. */
  readonly reset: readonly string[];
}

export interface BootstrappedUser {
  readonly name: string;
  readonly role: Role;
  readonly change: 'made' | 'new_password' | 'kept';
  /** Of a user who was made or got a new one. It is known nowhere else. */
  readonly password?: string;
}

export interface BootstrapResult {
  readonly madeDatabase: boolean;
  readonly schema: MigrationResult;
  readonly users: readonly BootstrappedUser[];
}

/**
 * Makes what a team needs on a server, as its administrator: the database, its tables, a user for
 * migrations and one for each person. What is there stays as it is and only gets what it lacks.
 *
 * @throws DocketError `usage` for a name that is none, before anything is done; `unreachable` when
 * the server cannot be reached, or its administrator may not do this
 */
export async function bootstrapServer(
  connection: ServerConnection,
  request: BootstrapRequest,
  onStep: (line: string) => void = () => {},
): Promise<BootstrapResult> {
  requireNames(connection, request);
  const store = await openServer(connection);
  const administer = <T>(work: Promise<T>) => explained(work, connection);
  try {
    const madeDatabase = await administer(makeDatabase(store.db, connection.database));
    const schema = await migrateDatabase(connection, (from, to) =>
      onStep(from === 0 ? `Making docket's tables ...` : `Migrating schema ${from} to ${to} ...`),
    );
    // Last, so that no password is made and lost when the rest fails.
    const users = await makeUsers(store.db, { connection, request, administer });
    return { madeDatabase, schema, users };
  } finally {
    await store.close();
  }
}

/** Logs in without the database, which may not be there yet. */
async function openServer(connection: ServerConnection): Promise<Store> {
  try {
    return await openUnmigrated({ ...connection, database: '' });
  } catch (error) {
    if (!(error instanceof DocketError) || error.code !== 'unreachable') throw error;
    throw new DocketError('unreachable', error.message, {
      hint: "The administrator is the URL's user, the password DOCKET_PASSWORD or that of credentials.json. docket doctor says more",
      cause: error,
    });
  }
}

const rightsOf: Readonly<Record<Role, string>> = {
  everyday: everydayRights,
  migrations: `${everydayRights}, ${migrationRights.replace(' and ', ', ')}`,
  backups: 'SELECT',
};

async function makeUsers(
  db: Db,
  {
    connection: { database },
    request: { people, from: host, reset, backups },
    administer,
  }: {
    readonly connection: ServerConnection;
    readonly request: BootstrapRequest;
    administer<T>(work: Promise<T>): Promise<T>;
  },
): Promise<readonly BootstrappedUser[]> {
  const names = [migrationsUser, ...(backups ? [backupsUser] : []), ...people];
  const known = await administer(findAccounts(db, names, host));
  const users: BootstrappedUser[] = [];
  for (const name of names) {
    const account = { name, host };
    const role = roles[name] ?? 'everyday';
    const password = makePassword();
    try {
      if (known.has(name) && !reset.includes(name)) users.push({ name, role, change: 'kept' });
      else if (known.has(name)) {
        await administer(setPassword(db, account, password));
        users.push({ name, role, change: 'new_password', password });
      } else if (await administer(createAccount(db, account, password))) {
        users.push({ name, role, change: 'made', password });
      } else users.push({ name, role, change: 'kept' });
      await administer(grantRights(db, account, { rights: rightsOf[role], database }));
      if (role === 'backups') {
        await administer(grantBackups(db, account));
        await administer(grantNames(db, account));
      }
    } catch (error) {
      throw unseen(error, users);
    }
  }
  return users;
}

/** Names the users whose password was made, and is shown to nobody, in the error that ends this. */
function unseen(error: unknown, users: readonly BootstrappedUser[]): unknown {
  const lost = users.filter(({ password }) => password !== undefined).map(({ name }) => name);
  if (!(error instanceof DocketError) || lost.length === 0) return error;
  const flags = lost.map((name) => `--reset-password ${name}`).join(' ');
  return new DocketError(error.code, error.message, {
    hint: `${lost.join(', ')} got a password that is not shown now. Then run this again with ${flags}`,
    cause: error,
  });
}

/** @throws DocketError `usage` */
function requireNames(
  { database, user }: ServerConnection,
  { people, from, reset, backups }: BootstrapRequest,
): void {
  const refuse = (message: string, hint: string): never => {
    throw new DocketError('usage', message, { hint });
  };
  if (!isPlainName(database) || database.length > 64) {
    refuse(
      `a database called ${JSON.stringify(database)} is not made`,
      'Letters, digits, - and _, at most 64',
    );
  }
  if (!isUserHost(from)) {
    refuse(
      `--from takes a host, an address or a pattern of one, not ${JSON.stringify(from)}`,
      "'10.0.0.%', or '%' for every place",
    );
  }
  for (const name of people) {
    if (!isPersonName(name)) {
      refuse(
        `a user called ${JSON.stringify(name)} is not made`,
        'Letters, digits, ., - and _, at most 32',
      );
    }
    if (name === user || roles[name] !== undefined) {
      refuse(`${name} is no everyday user`, 'Name the people who work with the list');
    }
  }
  const twice = people.find((name, index) => people.indexOf(name) !== index);
  if (twice !== undefined) refuse(`${twice} is named twice`, 'Each person once');
  const known = [migrationsUser, ...(backups ? [backupsUser] : []), ...people];
  const stranger = reset.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    refuse(
      `--reset-password ${stranger} names none of these users`,
      `--user ${stranger} --reset-password ${stranger}`,
    );
  }
}

/** 24 characters, of each kind that servers' rules for passwords ask for. */
function makePassword(): string {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  for (;;) {
    const password = randomBytes(18).toString('base64url');
    const isMixed = [/[a-z]/, /[A-Z]/, /\d/, /[-_]/].every((kind) => kind.test(password));
    // A word that begins with - looks like a flag.
    if (isMixed && !password.startsWith('-')) return password;
  }
}

/** Says of a refusal which rights an administrator has. */
async function explained<T>(work: Promise<T>, { user }: ServerConnection): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code !== 'denied') throw toDocketError(error);
    throw new DocketError(
      'unreachable',
      `user ${user} may not set this server up: ${error.message}`,
      {
        hint: "Log in as the server's administrator, who may make databases and users and hand rights on",
        cause: error,
      },
    );
  }
}
