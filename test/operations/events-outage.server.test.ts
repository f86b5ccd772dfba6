import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { openDocket } from '../../lib/operations/open-docket.ts';
import { migrateDatabase } from '../../lib/tracker/database/migrate.ts';
import { startMariadb } from '../engines/mariadb.ts';

test('events go on after the server was away, and none is lost', async (context) => {
  const server = await startMariadb({ args: ['--innodb-flush-log-at-trx-commit=1'] });
  context.onTestFinished(() => server.stop());
  await server.createDatabase('tasks');
  const login = { database: 'tasks', user: 'root', password: '', tls: 'off' } as const;
  const connection = { kind: 'mysql', host: '127.0.0.1', port: server.port, ...login } as const;
  await migrateDatabase(connection);
  const workspace = { id: randomUUID(), slug: 'web' };
  const docket = await openDocket({ connection, workspace, worker: { actor: 'alice@one' } });
  context.onTestFinished(() => docket.close());
  const told: string[] = [];
  const titles: (string | null)[] = [];
  const onOutage = async ({ code }: { readonly code: string }) => {
    told.push(code);
    await server.resume();
    await docket.call('create', { title: 'After' });
  };
  await docket.call('create', { title: 'Before' });
  for await (const { title } of docket.events({ since: 0, onOutage: (e) => void onOutage(e) })) {
    titles.push(title);
    if (title === 'Before') await server.halt('SIGKILL');
    if (title === 'After') break;
  }
  expect(told).toEqual(['unreachable']);
  expect(titles).toEqual(['Before', 'After']);
});
