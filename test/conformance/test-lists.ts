import { createHash, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type { Connection } from '../../lib/model/connection.ts';
import type { Store } from '../../lib/store/contract.ts';
import { ensureWorkspace } from '../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import type { Engine } from '../engines/engines.ts';
import { createTestDatabase, type TestConnections } from './database/test-database.ts';
import { findViolations } from './invariants/check-invariants.ts';

/** A migrated database that the tests of one describe block share, as its everyday user sees it. */
export interface TestLists {
  readonly engine: Engine;
  /** The everyday user's connection. */
  connection(): Connection;
  /** Of who made the database: may change the schema, and break what the schema allows. */
  admin(): Connection;
  store(): Store;
  /**
   * Alice's view of a new, empty list of her own. After the test everything in it must hold
   * together, whatever the test was about.
   */
  list(slug?: string): Promise<Scope>;
}

/** Sets a database up before the tests of the describe block that calls it, and drops it after. */
export function useTestLists(engine: Engine, name: string): TestLists {
  let connections: TestConnections | undefined;
  let store: Store | undefined;
  const lists: string[] = [];

  function opened<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('the database is set up before the first test only');
    return value;
  }

  beforeAll(async () => {
    const identity = [engine.name, inject('timeZone'), name];
    const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
    connections = await createTestDatabase(engine, `docket${hash.slice(0, 16)}`);
    store = await openStore(connections.everyday);
  });

  afterEach(async () => {
    for (const id of lists.splice(0)) {
      expect(await findViolations(opened(store).db, id)).toEqual([]);
    }
  });

  afterAll(async () => {
    await store?.close();
    await connections?.drop();
  });

  return {
    engine,
    connection: () => opened(connections).everyday,
    admin: () => opened(connections).admin,
    store: () => opened(store),
    async list(slug = 'web') {
      const workspace = { id: randomUUID(), slug };
      await ensureWorkspace(opened(store), workspace, 'alice@one');
      lists.push(workspace.id);
      return scopeOf(opened(store), workspace.id);
    },
  };
}

/** Alice at her main session. Of other hosts' processes nothing is known. */
export function scopeOf(store: Store, workspaceId: string): Scope {
  return {
    store,
    workspaceId,
    worker: { session: 'alice-session', agent: 'main', actor: 'alice@one' },
    probe: { scope: null, isAlive: () => false },
  };
}

/** The same list as another worker sees it, in a session and on a host of their own. */
export function as(scope: Scope, name: string, agent = 'main'): Scope {
  const host = name === 'alice' ? 'one' : 'two';
  return { ...scope, worker: { session: `${name}-session`, agent, actor: `${name}@${host}` } };
}
