import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationOf } from '../../lib/install/installation.ts';
import { putOnPath } from '../../lib/install/parts/path-command.ts';
import { installVersion } from '../../lib/install/verbs/install-version.ts';
import { buildAll, metafileFolder } from '../../scripts/build.ts';

let built = '';

/** Builds docket once, for all homes; answers what removes the build. */
export async function prepareInstallation(): Promise<() => Promise<void>> {
  built = await mkdtemp(join(tmpdir(), 'docket-build-'));
  await buildAll(built);
  return () => rm(built, { recursive: true, force: true, maxRetries: 10 });
}

/** Installs docket into a home, as scripts/setup does; the command is in its .local/bin. */
export function installDocket(home: string): void {
  const env = { HOME: home };
  const node = process.execPath;
  installVersion({ env, dist: built, version: '0.0.0', leaveOut: [metafileFolder], node });
  putOnPath(env, installationOf(env).current);
}
