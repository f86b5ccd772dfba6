import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from '../../scripts/build.ts';
import { installationOf } from './person.ts';

let built = '';

/** Builds docket once, for all homes. */
export async function prepareInstallation(): Promise<() => Promise<void>> {
  built = await mkdtemp(join(tmpdir(), 'docket-build-'));
  await buildAll(built);
  return () => rm(built, { recursive: true, force: true });
}

/** What scripts/setup leaves in a home. */
export async function installDocket(home: string): Promise<void> {
  const current = installationOf(home);
  await mkdir(join(current, 'bin'), { recursive: true });
  await cp(built, current, { recursive: true });
  await symlink(process.execPath, join(current, 'node'));
  const launcher = join(current, 'bin', 'docket');
  await writeFile(
    launcher,
    '#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\nexec "$here/../node" "$here/../docket.cjs" "$@"\n',
  );
  await chmod(launcher, 0o755);
}
