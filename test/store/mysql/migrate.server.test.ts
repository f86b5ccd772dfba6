import { describe, expect, test } from 'vitest';
import { splitStatements } from '../../../lib/store/migrations/migration.ts';
import { mysqlMigrations } from '../../../lib/store/migrations/mysql.gen.ts';
import { readSchemaState } from '../../../lib/store/migrations/schema-state.ts';
import { dropEnumChecks, readChecks } from '../../../lib/store/mysql/drop-enum-checks.ts';
import { lockName } from '../../../lib/store/mysql/named-lock.ts';
import { versionsAfter } from '../../conformance/database/versions-after.ts';
import { dolt, mariadb, serverEngines } from '../../engines/engines.ts';
import { emptyPlace } from './open-store.ts';

const versions = versionsAfter(0, mysqlMigrations);

// MySQL 9, which has no SHA1(), had no older docket either.
test.for([mariadb, dolt])(
  'on $name an older docket waits for the same lock',
  async (engine, context) => {
    const { database, open } = await emptyPlace(engine, context);
    const { db } = await open('read');
    const [row] = await db.query("SELECT CONCAT('docket.', SHA1(DATABASE())) AS older");
    expect(lockName(database.name)).toBe(`'${row?.older}'`);
  },
);

describe.each(serverEngines)('migrating on $name', (engine) => {
  test('20 first starts at once apply each step once', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const stores = await Promise.all(Array.from({ length: 20 }, () => open()));
    const applied = await Promise.all(stores.map((store) => store.migrate()));
    expect(applied.filter((list) => list.length > 0)).toEqual([versions]);
    const store = await open('read');
    expect(await readSchemaState(store.db)).toMatchObject({ version: versions.at(-1) });
    const rows = await store.db.query('SELECT version FROM docket_migrations ORDER BY version');
    expect(rows.map((row) => row.version)).toEqual(versions);
  });

  test('a database without a schema says so', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const store = await open('read');
    await expect(store.db.query('SELECT id FROM tasks')).rejects.toMatchObject({
      code: 'no_schema',
    });
    expect(await readSchemaState(store.db)).toMatchObject({ version: 0 });
  });

  test('a missing column says so', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const store = await open();
    await store.migrate();
    await expect(store.db.query('SELECT of_tomorrow FROM tasks')).rejects.toMatchObject({
      code: 'no_schema',
    });
  });

  test('a step that was cut off after any of its statements is finished', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const store = await open();
    const statements = splitStatements(mysqlMigrations[0]?.sql ?? '');
    expect(statements.length).toBeGreaterThan(3);
    for (const statement of statements) {
      await store.db.run(statement);
      await store.db.run(statement);
    }
    expect(await store.migrate()).toEqual(versions);
    expect(await store.migrate()).toEqual([]);
  });

  test('the checks that repeat the words of an enumeration are gone, and the others are there', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const store = await open();
    await store.migrate();
    const checks = await readChecks((sql) => store.db.query(sql), { hasOwnCatalogue: false });
    expect(dropEnumChecks(checks)).toEqual([]);
    const clauses = new Set(checks.map((row) => String(row.CHECK_CLAUSE)));
    const lists = [...clauses].filter((clause) => /^\(?`\w+` in \([^()]*\)\)?$/i.test(clause));
    expect(lists.map((clause) => clause.replace(/[()\s]/g, '').toLowerCase())).toEqual([
      '`billable`in0,1',
    ]);
    // A migrator that is not held by the lock may come second.
    await store.db.run('DELETE FROM docket_migrations WHERE version > 2');
    expect(await store.migrate()).toEqual(versionsAfter(2, mysqlMigrations));
  });

  test('an everyday user is told that it may not, and nothing is begun', async (context) => {
    const place = await emptyPlace(engine, context);
    const store = await place.open('write', await place.everydayUser('alice'));
    const attempt = store.migrate();
    await expect(attempt).rejects.toMatchObject({ code: 'denied' });
    await expect(attempt).rejects.toThrow('this database user may not change the schema');
    const admin = await place.open('read');
    expect(await admin.db.query('SHOW TABLES')).toEqual([]);
  });

  test('an everyday user with nothing to migrate is told nothing', async (context) => {
    const place = await emptyPlace(engine, context);
    await (await place.open()).migrate();
    const store = await place.open('write', await place.everydayUser('alice'));
    expect(await store.migrate()).toEqual([]);
  });

  // Dolt wrote some of them back in a form that it could not read, and then refused every write.
  test('every constraint of a task lets the right rows in and the wrong ones not', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const store = await open();
    await store.migrate();
    await store.db.run(
      `INSERT INTO workspaces (id, slug, guard_token, created_at, created_by)
       VALUES ('w', 'web', 't', ${store.db.dialect.now}, 'alice')`,
    );
    const insert = async (changes: Readonly<Record<string, string | number>>): Promise<string> => {
      const row = { ...pending, id: crypto.randomUUID(), ...changes };
      const task = { ...row, task_key: `web-${row.id}` };
      const places = Object.keys(task).map(() => '?');
      return store.db
        .run(`INSERT INTO tasks (${Object.keys(task)}) VALUES (${places})`, Object.values(task))
        .then(
          () => 'accepted',
          (error: { code: string }) => error.code,
        );
    };
    for (const row of right) expect([row, await insert(row)]).toEqual([row, 'accepted']);
    for (const row of wrong) expect([row, await insert(row)]).toEqual([row, 'invariant']);
  });
});

test('on Dolt a step is one commit of the history, without the sessions', async (context) => {
  const { open } = await emptyPlace(dolt, context);
  const store = await open();
  await store.migrate();
  const log = await store.db.query('SELECT message FROM dolt_log');
  expect(log.map((row) => row.message)).toEqual([
    ...mysqlMigrations.map((step) => `docket: schema ${step.version} (${step.name})`).reverse(),
    'Initialize data repository',
  ]);
  expect(await store.db.query('SELECT * FROM dolt_status')).toEqual([]);
  const committed = await store.db.query("SHOW TABLES AS OF 'HEAD'");
  const names = committed.map((row) => Object.values(row)[0]);
  expect(names).toContain('tasks');
  expect(names).not.toContain('sessions');
  // The session that migrated goes on recording what it commits.
  const [row] = await store.db.query('SELECT @@dolt_transaction_commit AS recorded');
  expect(row).toEqual({ recorded: 1 });
});

test('on Dolt a step is applied while other databases come and go', async (context) => {
  const { database, open } = await emptyPlace(dolt, context);
  const [store, others] = [await open(), await open()];
  await store.migrate();
  let isOver = false;
  async function comeAndGo(): Promise<void> {
    for (let number = 0; !isOver; number += 1) {
      const name = `${database.name}_${number}`;
      await others.db.run(`CREATE DATABASE ${name}`);
      await others.db.run(`DROP DATABASE ${name}`);
    }
  }
  const coming = comeAndGo();
  try {
    for (let turn = 0; turn < 12; turn += 1) {
      await store.db.run('DELETE FROM docket_migrations WHERE version > 2');
      expect(await store.migrate()).toEqual(versionsAfter(2, mysqlMigrations));
    }
  } finally {
    isOver = true;
    await coming;
  }
});

const time = '2026-11-21 10:02:00.000';

const pending = {
  workspace_id: 'w',
  title: 'Wire the flux valve',
  description: '',
  status: 'pending',
  task_type: 'implementation',
  priority: 2,
  created_session_id: 's',
  task_context: '{}',
  created_at: time,
  created_by: 'alice',
  updated_at: time,
  revision: 'r',
  queue: 'ready',
};
const claim = {
  claim_session_id: 's',
  claim_agent_id: 'main',
  claim_actor: 'alice',
  claimed_at: time,
};

const right = [
  {},
  { status: 'in_progress', queue: 'in_progress', ...claim },
  { status: 'blocked', queue: 'blocked', blocked_reason: 'the key', ...claim },
  { status: 'blocked', queue: 'blocked', blocked_reason: 'the key' },
  { queue: 'waiting', waiting_for: 'other' },
  { status: 'completed', queue: 'none', completed_at: time },
  { status: 'in_progress', queue: 'none', subtask_count: 2 },
  // Words are held by lib/model: a new one takes no migration.
  { task_type: 'chore', estimated_complexity: 'huge' },
  { status: 'paused', queue: 'paused' },
];

const wrong = [
  { title: '' },
  { title: 'x'.repeat(501) },
  { priority: 5 },
  { estimated_minutes: -1 },
  { billable: 2 },
  { status: 'in_progress', queue: 'in_progress' },
  { status: 'in_progress', queue: 'in_progress', ...claim, claim_actor: null as never },
  { ...claim },
  { status: 'in_progress', queue: 'none', subtask_count: 1, ...claim },
  { subtask_count: 1 },
  { status: 'blocked', queue: 'blocked' },
  { queue: 'waiting' },
  { waiting_for: 'other' },
  { status: 'completed', queue: 'none' },
  { completed_at: time },
  { workspace_id: 'nowhere' },
  { parent_task_id: 'nobody' },
];
