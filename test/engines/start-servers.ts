import type { TestProject } from 'vitest/node';
import { startDolt } from './dolt.ts';
import { hasMysql } from './has-mysql.ts';
import { startMariadb } from './mariadb.ts';
import { startMysql } from './mysql.ts';
import type { RunningServer } from './running-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly mariadbPort: number;
    readonly mysqlPort: number;
    readonly doltPort: number;
    /** The time zone that the project's workers run in. */
    readonly timeZone: string;
  }
}

const starts = [startMariadb, ...(hasMysql ? [startMysql] : []), startDolt];

/** Starts one server of each engine for the whole run, however many projects ask for them. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // vitest sets projects up one after another; what the root provides, all of them see.
  const root = project.vitest.getRootProject();
  if (root.getProvidedContext().mariadbPort !== undefined) return undefined;
  const servers: RunningServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  try {
    for (const start of starts) servers.push(await start());
  } catch (error) {
    await stop();
    throw error;
  }
  for (const { engine, port } of servers) root.provide(`${engine}Port`, port);
  return stop;
}
