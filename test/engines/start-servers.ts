import type { TestProject } from 'vitest/node';
import { startDolt } from './dolt.ts';
import { startMariadb } from './mariadb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly mariadbPort: number;
    readonly doltPort: number;
    /** The time zone that the project's workers run in. */
    readonly timeZone: string;
  }
}

/** Starts one MariaDB and one Dolt for the whole run, however many projects ask for them. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // vitest sets projects up one after another; what the root provides, all of them see.
  const root = project.vitest.getRootProject();
  if (root.getProvidedContext().mariadbPort !== undefined) return undefined;
  const mariadb = await startMariadb();
  const dolt = await startDolt().catch(async (error: unknown) => {
    await mariadb.stop();
    throw error;
  });
  root.provide('mariadbPort', mariadb.port);
  root.provide('doltPort', dolt.port);
  return async () => {
    await Promise.all([mariadb.stop(), dolt.stop()]);
  };
}
