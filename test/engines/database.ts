import { createHash } from 'node:crypto';
import type { TestContext } from 'vitest';
import type { Engine, ServerEngine } from './engines.ts';

export interface TestDatabase {
  readonly engine: Engine['name'];
  readonly name: string;
  readonly url: string;
}

export interface TestUser {
  /** Unique on the server: user names belong to it, not to the database. */
  readonly user: string;
  readonly password: string;
  readonly url: string;
}

export interface TestUserOptions {
  readonly test: Test;
  readonly name: string;
  /** Everyday rights (SELECT, INSERT, UPDATE, DELETE) when none are named. */
  readonly rights?: readonly string[];
}

type Test = Pick<TestContext, 'task' | 'onTestFinished'>;

/** A new empty database for one test, dropped when the test is over. */
export async function freshDatabase(engine: Engine, test: Test): Promise<TestDatabase> {
  const name = databaseName(engine, test);
  const database = await engine.createDatabase(name);
  test.onTestFinished(() => database.drop());
  return { engine: engine.name, name, url: database.url };
}

/** A user of a test's database with a password, dropped when the test is over. */
export async function createUser(
  engine: ServerEngine,
  database: TestDatabase,
  { test, name, ...rights }: TestUserOptions,
): Promise<TestUser> {
  const server = engine.server();
  const user = `${name}-${database.name.slice(-8)}`;
  const password = `${name}'s p@ss:word`;
  await server.dropUser(user);
  await server.createUser({ name: user, password, database: database.name, ...rights });
  test.onTestFinished(() => server.dropUser(user));
  return { user, password, url: server.url(database.name, user) };
}

// From a hash of the test's file and name: tests run side by side, and one that died finds its own
// leftovers. The project is part of it, as a test can run under two time zones at once. Letters and
// digits only: in a GRANT, `_` is a wildcard.
function databaseName(engine: Engine, { task }: Test): string {
  const identity = [engine.name, task.file.projectName, task.file.name, task.fullTestName];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  return `docket${hash.slice(0, 16)}`;
}
