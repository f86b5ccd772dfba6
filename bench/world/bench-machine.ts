import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { buildAll } from '../../scripts/build.ts';
import { atExit } from '../../test/engines/at-exit.ts';
import { bundleProcess } from '../measure/bundle-process.ts';
import { type Stopwatch, startStopwatch } from '../measure/stopwatch.ts';
import { bulkInsertServer, bulkInsertSqlite } from '../seed/bulk-insert.ts';
import { prepareDatabase, seed, seedHistory } from '../seed/seed.ts';
import { databaseOf, type InstalledUser, makeInstalledUser, workspace } from './installed-user.ts';
import { type EngineName, type Servers, startServers } from './servers.ts';

/** The content of a list: tasks alone, with an event each; or tasks with the history of a year. */
export type Content = 'tasks' | 'history';

const fill = { tasks: seed, history: seedHistory } as const;

/** The things to measure: one build, and people with lists of every size. */
export interface BenchMachine {
  readonly dist: string;
  readonly servers: Servers;
  readonly stopwatch: Stopwatch;
  newHome(name: string): string;
  /** Makes a person with this many tasks in a SQLite file, or gives the one made before. */
  onSqlite(tasks: number, content?: Content): Promise<InstalledUser>;
  /** Makes a person with this many tasks on a server, where they have a password. */
  onServer(engine: EngineName, tasks: number, content?: Content): Promise<InstalledUser>;
  remove(): Promise<void>;
}

/** Builds docket; it runs on the Node.js of this process. */
export async function makeBenchMachine(): Promise<BenchMachine> {
  const base = mkdtempSync(join(tmpdir(), 'docket-bench-'));
  const clear = () => rmSync(base, { recursive: true, force: true });
  const takeBack = atExit(clear);
  const dist = join(base, 'dist');
  await buildAll(dist);
  const servers = startServers();
  const watch = join(base, 'stopwatch.mjs');
  await bundleProcess('measure/stopwatch-process', watch);
  const stopwatch = startStopwatch(watch);

  function newHome(name: string): string {
    const home = join(base, name);
    mkdirSync(home);
    return home;
  }

  async function makeOnSqlite(tasks: number, content: Content = 'tasks'): Promise<InstalledUser> {
    const home = newHome(`sqlite-${content}-${tasks}`);
    const person = makeInstalledUser(home, dist);
    await prepareDatabase({ kind: 'sqlite', path: databaseOf(home) }, workspace);
    const into = bulkInsertSqlite(databaseOf(home));
    await fill[content]({ workspace, tasks }, into);
    await into.finish();
    return person;
  }

  async function makeOnServer(
    engine: EngineName,
    tasks: number,
    content: Content = 'tasks',
  ): Promise<InstalledUser> {
    const { server, admin } = await servers.get(engine);
    const name = `docket${content}${tasks}`;
    await server.createDatabase(name);
    await prepareDatabase({ ...admin, database: name }, workspace);
    const into = await bulkInsertServer(await server.connect(name));
    await fill[content]({ workspace, tasks }, into);
    await into.finish();
    const user = { name: `alice${content}${tasks}`, password: "alice's p@ss:word", database: name };
    await server.createUser(user);
    const login = { ...admin, database: name, user: user.name, password: user.password };
    const url = databaseUrl(parseDatabase(server.url(name), '/'));
    return makeInstalledUser(newHome(`${engine}-${content}-${tasks}`), dist, { url, login });
  }

  return {
    dist,
    servers,
    stopwatch,
    newHome,
    onSqlite: once(makeOnSqlite),
    onServer: once(makeOnServer),
    remove: async () => {
      stopwatch.stop();
      await servers.stop();
      takeBack();
      clear();
    },
  };
}

/** Wraps a maker so that it runs once for the same arguments. */
function once<A extends readonly (string | number | undefined)[], T>(
  make: (...args: A) => Promise<T>,
): (...args: A) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (...args) => {
    const key = args.join(' ');
    const known = made.get(key) ?? make(...args);
    made.set(key, known);
    return known;
  };
}
