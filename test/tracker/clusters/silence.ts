import { escapeId } from 'mysql2/promise';
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

/** Waits until a member that the others have shut out takes writes again. */
export async function takesPart(member: RunningServer, database: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const admin = await member.connect();
        try {
          await admin.query(`DELETE FROM ${escapeId(database)}.workspaces WHERE 1 = 0`);
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
