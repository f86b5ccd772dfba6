import type { TestContext } from 'vitest';
import type { OpenOptions, Store } from '../../../lib/store/contract.ts';
import { openMysql } from '../../../lib/store/mysql/driver.ts';
import type { MysqlTarget } from '../../../lib/store/mysql/wire/target.ts';
import { createUser, freshDatabase, type TestDatabase } from '../../engines/database.ts';
import type { ServerEngine } from '../../engines/engines.ts';

export interface Place {
  readonly database: TestDatabase;
  /** The administrator's way in. */
  readonly target: MysqlTarget;
  /** A user who may read and write rows and nothing else. */
  everydayUser(name: string): Promise<Pick<MysqlTarget, 'user' | 'password'>>;
  /** Another connection, closed when the test is over. */
  open(mode?: OpenOptions['mode'], as?: Partial<MysqlTarget>): Promise<Store>;
}

/** An empty database of one test. */
export async function emptyPlace(engine: ServerEngine, test: TestContext): Promise<Place> {
  const database = await freshDatabase(engine, test);
  const target: MysqlTarget = {
    host: '127.0.0.1',
    port: engine.server().port,
    database: database.name,
    user: 'root',
    password: '',
    tls: 'off',
  };
  return {
    database,
    target,
    everydayUser: (name) => createUser(engine, database, { test, name }),
    open: async (mode = 'write', as = {}) => {
      const store = await openMysql({ ...target, ...as }, { mode });
      test.onTestFinished(() => store.close());
      return store;
    },
  };
}

/** A database with the schema and one workspace, `w`. */
export async function migratedPlace(engine: ServerEngine, test: TestContext): Promise<Place> {
  const place = await emptyPlace(engine, test);
  const store = await place.open();
  await store.migrate();
  await store.write(async (transaction) => {
    await transaction.run(
      `INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
       VALUES ('w', 'web', 'first', ${transaction.dialect.now}, 'alice')`,
    );
  });
  return place;
}
