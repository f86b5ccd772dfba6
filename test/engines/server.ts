import { type Connection, createConnection, escapeId, escape as quote } from 'mysql2/promise';

/** A server that tests use: what its administrator does on it, from any process. */
export interface Server {
  readonly engine: 'mariadb' | 'mysql' | 'dolt';
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Has every right and no password. */
  readonly adminUser: 'root';
  /** The database's URL, as docket takes it. Without a user, the administrator's. */
  url(database: string, user?: string): string;
  /** A new empty database; one of the same name that was left over is dropped first. */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** A user who logs in as is usual on this server; with everyday rights when none are named. */
  createUser(user: NewUser): Promise<void>;
  dropUser(name: string): Promise<void>;
  /** A connection of the administrator; the caller ends it. */
  connect(database?: string): Promise<Connection>;
}

export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly database: string;
  readonly rights?: readonly string[];
}

/** What an everyday user of a task list has: no right to change the schema, none to call procedures. */
export const everydayRights: readonly string[] = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];

const host = '127.0.0.1';
const adminUser = 'root';

/** The administrator's view of a server that runs on a loopback port. */
export function serverAt(engine: Server['engine'], port: number): Server {
  const connect = (database?: string): Promise<Connection> =>
    createConnection({
      host,
      port,
      user: adminUser,
      timezone: 'Z',
      ...(database === undefined ? {} : { database }),
    });
  const run = async (...statements: readonly string[]): Promise<void> => {
    const connection = await connect();
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      await connection.end();
    }
  };
  return {
    engine,
    host,
    port,
    adminUser,
    connect,
    url: (database, user = adminUser) =>
      `mysql://${encodeURIComponent(user)}@${host}:${port}/${encodeURIComponent(database)}`,
    createDatabase: (name) =>
      run(`DROP DATABASE IF EXISTS ${escapeId(name)}`, `CREATE DATABASE ${escapeId(name)}`),
    dropDatabase: (name) => run(`DROP DATABASE IF EXISTS ${escapeId(name)}`),
    createUser: async ({ name, password, database, rights = everydayRights }) => {
      await run(
        `CREATE USER ${quote(name)}@'%' IDENTIFIED BY ${quote(password)}`,
        `GRANT ${rights.join(', ')} ON ${escapeId(database)}.* TO ${quote(name)}@'%'`,
      );
      // MySQL knows a user by a challenge only after it has seen the password once.
      if (engine !== 'mysql') return;
      const first = await createConnection({ host, port, user: name, password });
      await first.end();
    },
    dropUser: (name) => run(`DROP USER IF EXISTS ${quote(name)}@'%'`),
  };
}
