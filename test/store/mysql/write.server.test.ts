import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Db, Store, Transaction } from '../../../lib/store/contract.ts';
import { dolt, mariadb, serverEngines } from '../../engines/engines.ts';
import { migratedPlace } from './open-store.ts';

describe.each(serverEngines)('writing on $name', (engine) => {
  test('32 clients with 20 events each leave one order without gaps', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const clients = await Promise.all(Array.from({ length: 32 }, () => open()));
    await Promise.all(
      clients.map(async (client) => {
        for (let i = 0; i < 20; i += 1) await client.write(addEvent);
      }),
    );
    const store = await open('read');
    const [row] = await store.db.query(
      `SELECT COUNT(*) AS total, MIN(seq) AS first, MAX(seq) AS last,
         COUNT(DISTINCT seq) AS different FROM task_events`,
    );
    expect(row).toEqual({ total: 640, first: 1, last: 640, different: 640 });
    expect(await readSeq(store.db)).toBe(640);
  });

  // On Dolt the second one queues for 2 s, then goes on without the lock and collides at COMMIT.
  test('of two that wait for each other one is run again', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const [first, second] = [await open(), await open()];
    for (const slug of ['a', 'b']) await first.write((db) => addWorkspace(db, slug));
    const bothHaveOne = barrier(2);
    let runs = 0;
    const rename = async (store: Store, slugs: readonly string[]): Promise<void> => {
      await store.write(async (transaction) => {
        runs += 1;
        for (const slug of slugs) {
          await transaction.run('UPDATE workspaces SET guard_token = ? WHERE slug = ?', [
            randomUUID(),
            slug,
          ]);
          await bothHaveOne();
        }
      });
    };
    await Promise.all([rename(first, ['a', 'b']), rename(second, ['b', 'a'])]);
    expect(runs).toBeGreaterThan(2);
  });

  test('a key that another takes at the same time is tried again with another', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const bothAreIn = barrier(2);
    const create = async (spare: string): Promise<void> => {
      const candidates = ['same', spare];
      const store = await open();
      await store.write(async (transaction) => {
        const slug = candidates.shift() ?? 'none';
        await bothAreIn();
        await addWorkspace(transaction, slug);
      });
    };
    await Promise.all([create('one'), create('two')]);
    const store = await open('read');
    const rows = await store.db.query("SELECT slug FROM workspaces WHERE slug <> 'web'");
    const slugs = rows.map((row) => row.slug);
    expect(slugs).toHaveLength(2);
    expect(slugs).toContain('same');
  });

  test('what a constraint refuses is not tried again, and nothing of it stays', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open();
    let runs = 0;
    const refused = store.write(async (transaction) => {
      runs += 1;
      await addWorkspace(transaction, 'kept');
      await transaction.run(
        `INSERT INTO task_dependencies (task_id, depends_on_id, type, created_at, created_by)
         VALUES ('no', 'such', 'blocks', ${transaction.dialect.now}, 'alice')`,
      );
    });
    await expect(refused).rejects.toMatchObject({ code: 'invariant' });
    expect(runs).toBe(1);
    expect(await slugs(store.db)).toEqual(['web']);
  });

  test('an error of the caller rolls back, and so does giving up', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open();
    const own = new Error('changed my mind');
    const thrown = store.write(async (transaction) => {
      await addWorkspace(transaction, 'thrown');
      throw own;
    });
    await expect(thrown).rejects.toBe(own);
    const given = await store.write(async (transaction) => {
      await addWorkspace(transaction, 'abandoned');
      transaction.abandon();
      return 'nothing to do';
    });
    expect(given).toBe('nothing to do');
    expect(await slugs(store.db)).toEqual(['web']);
  });

  test('counts rows that were found, changed or not', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open();
    const unchanged = "UPDATE workspaces SET slug = 'web' WHERE id = ?";
    expect(await store.db.run(unchanged, ['w'])).toBe(1);
    expect(await store.db.run(unchanged, ['x'])).toBe(0);
  });

  test('a transaction inside another is refused, and the outer one goes on', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open();
    await store.write(async (transaction) => {
      await addWorkspace(transaction, 'outer');
      const inner = store.write((nested) => addWorkspace(nested, 'inner'));
      await expect(inner).rejects.toMatchObject({ code: 'failed' });
      await expect(store.read(slugs)).rejects.toMatchObject({ code: 'failed' });
    });
    expect(await slugs(store.db)).toEqual(['outer', 'web']);
  });

  test('reads of one snapshot agree, whatever the session was set to', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const [reader, writer] = [await open('read'), await open()];
    await reader.db.run('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    const seen = await reader.read(async (db) => {
      const before = await slugs(db);
      await writer.write((transaction) => addWorkspace(transaction, 'new'));
      return [before, await slugs(db)];
    });
    expect(seen).toEqual([['web'], ['web']]);
    expect(await slugs(reader.db)).toEqual(['new', 'web']);
  });

  test('what was opened for reading does not write', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open('read');
    await expect(store.write(addEvent)).rejects.toMatchObject({ code: 'failed' });
    await expect(store.migrate()).rejects.toMatchObject({ code: 'failed' });
  });

  test('an everyday user reads and writes', async (context) => {
    const place = await migratedPlace(engine, context);
    const alice = await place.everydayUser('alice');
    const store = await place.open('write', alice);
    await store.write(addEvent);
    expect(await store.read(readSeq)).toBe(1);
    await expect(store.db.run('DROP TABLE tasks')).rejects.toMatchObject({ code: 'denied' });
    await expect(place.open('read', { ...alice, password: 'wrong' })).rejects.toMatchObject({
      code: 'unreachable',
    });
  });

  test('a connection that the server ended is made again', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const store = await open();
    await kill(store, await open());
    await store.write(addEvent);
    expect(await readSeq(store.db)).toBe(1);
  });

  test('a transaction whose connection ends is rolled back and said to be', async (context) => {
    const { open } = await migratedPlace(engine, context);
    const [store, admin] = [await open(), await open()];
    const cut = store.write(async (transaction) => {
      await addWorkspace(transaction, 'lost');
      await kill(store, admin);
      await addWorkspace(transaction, 'too late');
    });
    await expect(cut).rejects.toMatchObject({ code: 'unreachable' });
    expect(await slugs(store.db)).toEqual(['web']);
    await store.write(addEvent);
  });
});

test('on MariaDB a writer that sleeps loses its connection, and rows are not waited for long', async (context) => {
  const { open } = await migratedPlace(mariadb, context);
  const store = await open();
  const [row] = await store.db.query(
    'SELECT @@wait_timeout AS idle, @@innodb_lock_wait_timeout AS lock_wait',
  );
  expect(row).toEqual({ idle: 10, lock_wait: 5 });
});

describe('the history that Dolt keeps', () => {
  test('has one commit a transaction, with its message', async (context) => {
    const { open } = await migratedPlace(dolt, context);
    const store = await open();
    const before = await messages(store.db);
    await store.write(async (transaction) => {
      await addEvent(transaction);
      transaction.describe(`alice@one: claim wéb-k3f9 "it's" \\ 😀`);
    });
    await store.write(addEvent);
    await store.write(async (transaction) => {
      await addEvent(transaction);
      transaction.describe('alice@one: abandoned');
      transaction.abandon();
    });
    expect(await messages(store.db)).toEqual([
      'docket',
      `alice@one: claim wéb-k3f9 "it's" \\ 😀`,
      ...before,
    ]);
  });

  test('has no signs of life', async (context) => {
    const place = await migratedPlace(dolt, context);
    const store = await place.open('write', await place.everydayUser('alice'));
    const before = await messages(store.db);
    await store.write(async (transaction) => {
      await transaction.run(
        `INSERT INTO sessions (id, actor, host, started_at, last_seen_at)
         VALUES ('s', 'alice', 'one', ${transaction.dialect.now}, ${transaction.dialect.now})`,
      );
      transaction.describe('alice@one: started');
    });
    await store.db.run(`UPDATE sessions SET last_seen_at = ${store.db.dialect.now}`);
    expect(await messages(store.db)).toEqual(before);
    expect(await store.db.query('SELECT id FROM sessions')).toEqual([{ id: 's' }]);
  });
});

test('on Dolt a writer queues behind one that sleeps for 2 s and no longer', async (context) => {
  const { open } = await migratedPlace(dolt, context);
  const [sleeper, other] = [await open(), await open()];
  let wake = (): void => {};
  const alarm = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const isAsleep = new Promise<void>((resolve) => {
    void sleeper
      .write(async (transaction) => {
        await addEvent(transaction);
        resolve();
        await alarm;
      })
      .catch(() => {});
  });
  await isAsleep;
  await other.write(addEvent);
  expect(await readSeq(other.db)).toBe(1);
  wake();
  // The sleeper's own commit is refused, and its second attempt comes after the other's.
  await expect.poll(() => readSeq(other.db)).toBe(2);
});

async function addEvent(transaction: Transaction): Promise<void> {
  await transaction.run("UPDATE workspaces SET guard_token = ?, seq = seq + 1 WHERE id = 'w'", [
    randomUUID(),
  ]);
  await transaction.run(
    `INSERT INTO task_events (workspace_id, seq, verb, actor, session_id, agent_id, created_at)
     VALUES ('w', ?, 'noted', 'alice', 's', 'main', ${transaction.dialect.now})`,
    [await readSeq(transaction)],
  );
}

async function readSeq(db: Db): Promise<number> {
  const [row] = await db.query("SELECT seq FROM workspaces WHERE id = 'w'");
  return Number(row?.seq);
}

async function addWorkspace(db: Db, slug: string): Promise<void> {
  await db.run(
    `INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
     VALUES (?, ?, 't', ${db.dialect.now}, 'alice')`,
    [randomUUID(), slug],
  );
}

async function slugs(db: Db): Promise<unknown[]> {
  return (await db.query('SELECT slug FROM workspaces ORDER BY slug')).map((row) => row.slug);
}

async function messages(db: Db): Promise<unknown[]> {
  return (await db.query('SELECT message FROM dolt_log')).map((row) => row.message);
}

/** Ends a store's connection from the server's side. */
async function kill(store: Store, admin: Store): Promise<void> {
  const [row] = await store.db.query('SELECT CONNECTION_ID() AS id');
  await admin.db.run(`KILL ${Number(row?.id)}`);
  await new Promise((resolve) => setTimeout(resolve, 100));
}

/** Waits the first time until all have come; later calls pass. */
function barrier(parties: number): () => Promise<void> {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let waiting = 0;
  return () => {
    waiting += 1;
    if (waiting >= parties) open();
    return gate;
  };
}
