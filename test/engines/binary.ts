import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const engines = fileURLToPath(new URL('../../scripts/engines', import.meta.url));

/**
 * The path of a program that the tests start: what DOCKET_TEST_* names, else what scripts/engines
 * finds. Throws with the command that gets it.
 */
export function findBinary(
  name: 'mariadbd' | 'mysqld' | 'dolt' | 'claude' | 'galera' | 'tidb' | 'vitess',
): string {
  const found = spawnSync(engines, ['find', name], { encoding: 'utf8' });
  if (found.error) throw found.error;
  if (found.status !== 0) throw new Error(found.stderr.trim());
  return found.stdout.trim();
}
