import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { hasMysql } from './has-mysql.ts';
import { type Server, serverAt } from './server.ts';

/** An engine of the conformance suite: it gives each test a database of its own. */
export interface Engine {
  readonly name: 'sqlite' | Server['engine'];
  createDatabase(name: string): Promise<EngineDatabase>;
}

export interface EngineDatabase {
  /** As docket takes it: `sqlite:PATH`, or `mysql://root@127.0.0.1:PORT/NAME`. */
  readonly url: string;
  drop(): Promise<void>;
}

export const sqlite: Engine = {
  name: 'sqlite',
  async createDatabase(name) {
    const folder = await mkdtemp(join(tmpdir(), 'docket-sqlite-'));
    return {
      url: `sqlite:${join(folder, `${name}.db`)}`,
      drop: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

/** An engine with a server, which start-servers.ts started for the whole run. */
export interface ServerEngine extends Engine {
  readonly name: Server['engine'];
  server(): Server;
}

export const mariadb = startedEngine('mariadb');
export const mysql = startedEngine('mysql');
export const dolt = startedEngine('dolt');

/** The engines that need a server: only in `*.server.test.ts`. */
export const serverEngines: readonly ServerEngine[] = hasMysql
  ? [mariadb, mysql, dolt]
  : [mariadb, dolt];

function startedEngine(name: Server['engine']): ServerEngine {
  return serverEngineAt(name, () => serverAt(name, inject(`${name}Port`)));
}

/** The engine of a server that may be started after this. */
export function serverEngineAt(name: Server['engine'], server: () => Server): ServerEngine {
  return {
    name,
    server,
    async createDatabase(database) {
      await server().createDatabase(database);
      return { url: server().url(database), drop: () => server().dropDatabase(database) };
    },
  };
}
