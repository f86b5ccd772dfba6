import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary } from './binary.ts';
import { type RunningServer, type StartOptions, startServer } from './running-server.ts';

// The server's own: who commits, and no telemetry nor questions for newer versions.
const settings = {
  'user.name': 'docket',
  'user.email': 'docket@example.com',
  'metrics.disabled': 'true',
  'versioncheck.disabled': 'true',
};

/** A Dolt server of its own on an ephemeral loopback port. */
export async function startDolt(options: StartOptions = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-dolt-'));
  const data = join(folder, 'data');
  await mkdir(data);
  await mkdir(join(folder, '.dolt'));
  await writeFile(join(folder, '.dolt', 'config_global.json'), JSON.stringify(settings));
  return startServer('dolt', {
    name: 'Dolt',
    folder,
    // Said at level info only; `warning` would leave nothing to wait for but an answer.
    ready: /Server ready/,
    file: findBinary('dolt'),
    args: (port) => [
      'sql-server',
      ...['-H', '127.0.0.1', '-P', String(port), '--data-dir', data, '-l', 'info'],
      ...(options.args ?? []),
    ],
    env: {
      ...process.env,
      HOME: folder,
      DOLT_ROOT_PATH: folder,
      // Else a child of its own outlives it to send usage numbers.
      DOLT_DISABLE_EVENT_FLUSH: '1',
      // A clock that is not UTC, as for MariaDB.
      TZ: 'Asia/Kolkata',
    },
  });
}
