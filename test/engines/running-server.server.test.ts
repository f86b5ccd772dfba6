import { describe, expect, test } from 'vitest';
import { startDolt } from './dolt.ts';
import { startMariadb } from './mariadb.ts';

describe.each([
  { name: 'mariadb', start: startMariadb },
  { name: 'dolt', start: startDolt },
])('a $name server of its own', ({ start }) => {
  test('goes away and comes back on the same port with the same data', async (context) => {
    const server = await start();
    context.onTestFinished(() => server.stop());
    await server.createDatabase('kept');

    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await server.halt(signal);
      expect(server.pid).toBeUndefined();
      await expect(server.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      await server.resume();
      const admin = await server.connect('kept');
      await admin.end();
    }
  });

  test('leaves no process behind', async () => {
    const server = await start();
    const pid = server.pid ?? 0;
    expect(process.kill(pid, 0)).toBe(true);
    await server.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
