import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { findBinary } from './binary.ts';
import { type RunningServer, type StartOptions, startServer } from './running-server.ts';
import { unfriendly } from './unfriendly.ts';

/** A MySQL server of its own on an ephemeral loopback port. */
export async function startMysql(options: StartOptions = {}): Promise<RunningServer> {
  const file = findBinary('mysqld');
  const folder = await mkdtemp(join(tmpdir(), 'docket-mysql-'));
  const data = join(folder, 'data');
  // Beside its data; mysqld refuses to run as root unless it is told so.
  const always = ['--no-defaults', `--datadir=${data}`, ...(isRoot() ? ['--user=root'] : [])];
  await execa(file, [...always, '--initialize-insecure']);
  return startServer('mysql', {
    name: 'MySQL',
    folder,
    ready: /ready for connections\. Version/,
    file,
    args: (port) => [
      ...always,
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 's.sock')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      '--mysqlx=OFF',
      '--secure-file-priv=NULL',
      // What costs memory and disk; nothing here needs to survive a power cut.
      '--performance-schema=OFF',
      '--innodb-buffer-pool-size=64M',
      '--skip-log-bin',
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=OFF',
      '--innodb-flush-method=nosync',
      ...unfriendly,
      ...(options.args ?? []),
    ],
    env: process.env,
  });
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
