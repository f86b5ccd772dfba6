import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { findBinary } from './binary.ts';
import { type RunningServer, type StartOptions, startServer } from './running-server.ts';
import { unfriendly } from './unfriendly.ts';

/** A MariaDB server of its own on an ephemeral loopback port. */
export async function startMariadb(options: StartOptions = {}): Promise<RunningServer> {
  const file = findBinary('mariadbd');
  const folder = await mkdtemp(join(temporaryFolder(), 'docket-mariadb-'));
  const data = join(folder, 'data');
  // mariadbd refuses to run as root unless it is told whom to become.
  const as = isRoot() ? ['--user=mysql'] : [];
  if (isRoot()) await execa('chown', ['mysql', folder]);
  await execa(resolve(dirname(file), '../bin/mariadb-install-db'), [
    '--no-defaults',
    '--auth-root-authentication-method=normal',
    // The test database comes with anonymous users, who win over named ones from any host.
    '--skip-test-db',
    `--datadir=${data}`,
    // Its temporary tables in a folder of its own, where nobody else tidies up.
    `--tmpdir=${folder}`,
    ...as,
  ]);
  return startServer('mariadb', {
    name: 'MariaDB',
    folder,
    ready: options.ready ?? /ready for connections/,
    file,
    args: (port) => [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=64M',
      // Nothing here needs to survive a power cut.
      '--innodb-flush-log-at-trx-commit=0',
      ...unfriendly,
      ...as,
      ...(options.args ?? []),
    ],
    env: process.env,
  });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

// As root the server runs as another user, who may not enter a private TMPDIR.
function temporaryFolder(): string {
  return isRoot() ? '/tmp' : tmpdir();
}
