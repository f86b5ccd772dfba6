import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { expectNothingLost } from './fleet-report.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

// It builds docket and starts a server, as the bench does.
const patience = { timeout: 300_000 };

test.each([
  ['mariadb', 'MariaDB'],
  ['dolt', 'Dolt'],
])(
  'a small fleet on %s is given nothing twice and loses nothing',
  patience,
  async (engine, label) => {
    const args = ['bench/run.ts', '--quick', '--json', '--only', `fleet-${engine}`];
    const { stdout, exitCode } = await execa('tsx', args, { cwd: root, preferLocal: true });
    expect(exitCode).toBe(0);
    expectNothingLost(JSON.parse(stdout).measurements, label);
  },
);
