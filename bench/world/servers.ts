import type { ServerConnection } from '../../lib/model/connection.ts';
import { startDolt } from '../../test/engines/dolt.ts';
import { startMariadb } from '../../test/engines/mariadb.ts';
import type { RunningServer } from '../../test/engines/running-server.ts';

export type EngineName = Extract<RunningServer['engine'], 'mariadb' | 'dolt'>;

/** The names of engines that people know. */
export const serverNames: Readonly<Record<EngineName, string>> = {
  mariadb: 'MariaDB',
  dolt: 'Dolt',
};

export interface Server {
  readonly server: RunningServer;
  /** The administrator's connection; the caller names the database. */
  readonly admin: ServerConnection;
}

/** Database servers on loopback, each started when it is first asked for. */
export interface Servers {
  get(engine: EngineName): Promise<Server>;
  stop(): Promise<void>;
}

export function startServers(): Servers {
  const running = new Map<EngineName, Promise<RunningServer>>();

  function start(engine: EngineName): Promise<RunningServer> {
    const known = running.get(engine) ?? (engine === 'dolt' ? startDolt() : startMariadb());
    running.set(engine, known);
    return known;
  }

  return {
    get: async (engine) => {
      const server = await start(engine);
      const { host, port, adminUser: user } = server;
      const admin = { kind: 'mysql', host, port, user, password: '', tls: 'off' } as const;
      return { server, admin: { ...admin, database: '' } };
    },
    stop: async () => {
      const started = await Promise.allSettled(running.values());
      for (const each of started) if (each.status === 'fulfilled') await each.value.stop();
    },
  };
}
