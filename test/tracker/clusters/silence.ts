import { randomUUID } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import type { RunningServer } from '../../engines/running-server.ts';

/** Lets a server stand still, which whoever talks to it cannot tell from a slow one. */
export function stop({ pid }: RunningServer): () => void {
  if (pid === undefined) throw new Error('it does not run');
  process.kill(pid, 'SIGSTOP');
  const wake = (): void => {
    process.kill(pid, 'SIGCONT');
  };
  onTestFinished(wake);
  return wake;
}

/**
 * Waits until a member that the others have shut out knows what another one writes, and writes
 * itself: at first it does not know that it was shut out.
 */
export async function takesPart(member: RunningServer, other: RunningServer): Promise<void> {
  const name = `awake${randomUUID().slice(0, 8)}`;
  await other.createDatabase(name);
  await expect
    .poll(
      async () => {
        const admin = await member.connect();
        try {
          await admin.query(`DROP DATABASE ${name}`);
          return 'writes';
        } catch (error) {
          return (error as Error).message;
        } finally {
          await admin.end();
        }
      },
      { timeout: 120_000, interval: 500 },
    )
    .toBe('writes');
}
