import { describe, expect, test } from 'vitest';
import { parseDatabase } from '../../../lib/config/database.ts';
import type { Connection } from '../../../lib/model/connection.ts';
import { knownVersion } from '../../../lib/store/migrations/known-version.ts';
import { inspectDatabase } from '../../../lib/tracker/database/inspect.ts';
import { joinWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { migrateDatabase } from '../../../lib/tracker/database/migrate.ts';
import { migrationRights } from '../../../lib/tracker/database/migration-rights.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { createUser, freshDatabase } from '../../engines/database.ts';
import { serverEngines } from '../../engines/engines.ts';
import { everydayRights } from '../../engines/server.ts';

function connectionTo(url: string, password = ''): Connection {
  const database = parseDatabase(url, '/');
  if (database.kind !== 'mysql') throw new Error(`${url} is no server`);
  const { host, port, name, user = '' } = database;
  return { kind: 'mysql', host, port, database: name, user, password, tls: 'off' };
}

describe.each(serverEngines)('$name', (engine) => {
  test('sixteen who set a repository up at once get one workspace', async (context) => {
    const connection = connectionTo((await freshDatabase(engine, context)).url);
    await migrateDatabase(connection);
    const repository = { rootCommit: 'a'.repeat(40), origin: 'example.com/alice/web' };
    const stores = await Promise.all(Array.from({ length: 16 }, () => openStore(connection)));
    const answers = await Promise.all(
      stores.map((store) =>
        joinWorkspace(store, { repository, name: 'web', createdBy: 'alice@one' }),
      ),
    );
    await Promise.all(stores.map((store) => store.close()));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ joined }) => !joined)).toHaveLength(1);
  });

  test('an everyday user is told which rights a migration takes', async (context) => {
    const database = await freshDatabase(engine, context);
    const alice = await createUser(engine, database, { test: context, name: 'alice' });
    const connection = connectionTo(alice.url, alice.password);
    const refused = await migrateDatabase(connection).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 'migration_due',
      message: expect.stringMatching(
        /may not change the schema of .*: it takes CREATE, ALTER, INDEX and REFERENCES there/,
      ),
    });
    await migrateDatabase(connectionTo(database.url));
    expect(await migrateDatabase(connection)).toMatchObject({ applied: [] });
  });

  test('a user with the rights that are named migrates', async (context) => {
    const database = await freshDatabase(engine, context);
    const rights = [...everydayRights, ...migrationRights.split(/, | and /)];
    const alice = await createUser(engine, database, { test: context, name: 'alice', rights });
    const migrated = await migrateDatabase(connectionTo(alice.url, alice.password));
    expect(migrated).toMatchObject({ from: 0, to: knownVersion });
  });

  test('a look at the database finds its schema and what the user may do', async (context) => {
    const database = await freshDatabase(engine, context);
    const admin = connectionTo(database.url);
    expect(await inspectDatabase(admin, undefined)).toMatchObject({ schema: 'none', version: 0 });
    await migrateDatabase(admin);
    const everyday = await createUser(engine, database, { test: context, name: 'alice' });
    const reader = await createUser(engine, database, {
      test: context,
      name: 'bob',
      rights: ['SELECT'],
    });
    const seen = await inspectDatabase(connectionTo(everyday.url, everyday.password), undefined);
    expect(seen).toMatchObject({ schema: 'current', writeError: undefined });
    const barred = await inspectDatabase(connectionTo(reader.url, reader.password), undefined);
    expect(barred.writeError?.message).toMatch(/denied/i);
    const store = await openStore(admin);
    const [rows] = await store.db.query('SELECT count(*) AS n FROM workspaces');
    await store.close();
    expect(Number(rows?.n)).toBe(0);
  });
});
