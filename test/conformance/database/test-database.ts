import type { Connection } from '../../../lib/model/connection.ts';
import { openUnmigrated } from '../../../lib/tracker/database/open.ts';
import type { Engine, ServerEngine } from '../../engines/engines.ts';

/** How a database of the tests is reached by who made it, and by who works with it every day. */
export interface TestConnections {
  readonly admin: Connection;
  /** On a server a user with a password and SELECT, INSERT, UPDATE and DELETE, nothing else. */
  readonly everyday: Connection;
  drop(): Promise<void>;
}

/** A new empty database with the schema of today. */
export async function createTestDatabase(engine: Engine, name: string): Promise<TestConnections> {
  const connections = await createEmptyDatabase(engine, name);
  const store = await openUnmigrated(connections.admin);
  await store.migrate();
  await store.close();
  return connections;
}

/** A new database without a schema. */
export async function createEmptyDatabase(engine: Engine, name: string): Promise<TestConnections> {
  const { url, drop } = await engine.createDatabase(name);
  if (!isServer(engine)) {
    const connection = { kind: 'sqlite', path: url.replace(/^sqlite:/, '') } as const;
    return { admin: connection, everyday: connection, drop };
  }
  const server = engine.server();
  const user = `alice-${name.slice(-10)}`;
  const password = "alice's p@ss:word";
  await server.dropUser(user);
  await server.createUser({ name: user, password, database: name });
  const { host, port, adminUser } = server;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  const target = { kind: 'mysql', host, port, database, tls: 'off' } as const;
  return {
    admin: { ...target, user: adminUser, password: '' },
    everyday: { ...target, user, password },
    drop: async () => {
      await drop();
      await server.dropUser(user);
    },
  };
}

export function isServer(engine: Engine): engine is ServerEngine {
  return 'server' in engine;
}
