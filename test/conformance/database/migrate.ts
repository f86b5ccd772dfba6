import { expect, type TestContext, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { knownVersion, schemaTable } from '../../../lib/store/migrations/known-version.ts';
import { type Migration, splitStatements } from '../../../lib/store/migrations/migration.ts';
import { mysqlMigrations } from '../../../lib/store/migrations/mysql.gen.ts';
import { readSchemaState } from '../../../lib/store/migrations/schema-state.ts';
import { sqliteMigrations } from '../../../lib/store/migrations/sqlite.gen.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore, openUnmigrated } from '../../../lib/tracker/database/open.ts';
import { listReady } from '../../../lib/tracker/reads/lists.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { unblockTask } from '../../../lib/tracker/tasks/block.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import type { Engine } from '../../engines/engines.ts';
import { isWithoutUsers } from '../../engines/requested/engines.ts';
import { findRunViolations } from '../invariants/check-runs.ts';
import { readTasks } from '../tasks/stored-task.ts';
import { scopeOf } from '../test-lists.ts';
import { createEmptyDatabase, isServer, type TestConnections } from './test-database.ts';
import { versionsAfter } from './versions-after.ts';

const workspaceId = '01890000-0000-7000-8000-000000000001';
const newer = knownVersion + 1;

export function migrateSuite(engine: Engine): void {
  const migrations = isServer(engine) ? mysqlMigrations : sqliteMigrations;

  test('every migration is applied once and recorded', async (context) => {
    const { admin } = await emptyDatabase(engine, context, 'a');
    const store = await openUnmigrated(admin);
    expect(await readSchemaState(store.db)).toMatchObject({ version: 0 });
    expect(await store.migrate()).toEqual(versionsAfter(0, migrations));
    expect(await store.migrate()).toEqual([]);
    expect(await readSchemaState(store.db)).toMatchObject({ version: knownVersion });
    await store.close();
  });

  test('a migration that was cut off before its record is finished by the next one', async (context) => {
    const { admin } = await emptyDatabase(engine, context, 'b');
    const store = await openUnmigrated(admin);
    if (isServer(engine)) {
      // These engines commit each statement of the schema by itself: here all, and no record.
      for (const { sql } of mysqlMigrations) {
        for (const statement of splitStatements(sql)) await store.db.run(statement);
      }
    }
    expect(await store.migrate()).toContain(knownVersion);
    await store.close();
  });

  test('what an older docket left in progress and blocked goes on', async (context) => {
    const { admin } = await emptyDatabase(engine, context, 'g');
    const store = await openUnmigrated(admin);
    await fillFirstSchema(store, migrations);
    expect(await store.migrate()).toEqual(versionsAfter(1, migrations));
    expect(
      await findRunViolations(store.db, workspaceId, await readTasks(store.db, workspaceId)),
    ).toEqual([]);
    const list = scopeOf(store, workspaceId);
    const policy = makePolicy();
    const done = { status: 'completed', outcome: 'done' };
    const { run } = await recordReport(list, 'web-begun', done, { policy });
    expect(run).toMatchObject({ agent: 'Coding Agent', role: 'work', status: 'completed' });
    const { task } = await unblockTask(list, 'web-stopped');
    expect(task).toMatchObject({ status: 'pending', blockedReason: null });
    expect(
      await findRunViolations(store.db, workspaceId, await readTasks(store.db, workspaceId)),
    ).toEqual([]);
    await store.close();
  });

  test.skipIf(isWithoutUsers())(
    'a new database asks for its migration, or has it made',
    async (context) => {
      const { everyday, admin } = await emptyDatabase(engine, context, 'c');
      if (!isServer(engine)) {
        const store = await openStore(everyday);
        expect(await readSchemaState(store.db)).toMatchObject({ version: knownVersion });
        await store.close();
        return;
      }
      await expect(openStore(everyday)).rejects.toMatchObject({
        code: 'migration_due',
        hint: expect.stringContaining('docket migrate'),
      });
      const request = { workspaceId, sessionId: 's', open: { mode: 'read' } } as const;
      await expect(readPromptList(everyday, request)).rejects.toMatchObject({ code: 'no_schema' });
      const store = await openUnmigrated(everyday);
      await expect(store.migrate()).rejects.toMatchObject({
        message: expect.stringContaining('may not change the schema'),
      });
      await store.close();
      const owner = await openUnmigrated(admin);
      await owner.migrate();
      await owner.close();
      await (await openStore(everyday)).close();
    },
  );

  test('a schema that needs a newer docket to read is refused, by prompts too', async (context) => {
    const { everyday } = await withNewerSchema(context, 'd', { reader: newer, writer: newer });
    await expect(openStore(everyday)).rejects.toMatchObject({
      code: 'schema_too_new',
      message: expect.stringContaining(`schema ${newer}`),
      hint: expect.stringContaining('Upgrade'),
    });
    const request = { workspaceId, sessionId: 's', open: { mode: 'read' } } as const;
    await expect(readPromptList(everyday, request)).rejects.toMatchObject({ code: 'no_schema' });
  });

  test('a schema that needs a newer docket only to write is still read', async (context) => {
    const { everyday } = await withNewerSchema(context, 'e', { reader: 1, writer: newer });
    const store = await openStore(everyday);
    const list = scopeOf(store, workspaceId);
    expect((await listReady(list, { limit: 10 })).tasks.map(({ title }) => title)).toEqual(['Old']);
    await expect(createTask(list, { title: 'New' })).rejects.toMatchObject({
      code: 'schema_too_new',
    });
    await expect(store.db.run('UPDATE tasks SET title = title')).rejects.toMatchObject({
      code: 'schema_too_new',
    });
    await store.close();
    const request = { workspaceId, sessionId: 's', open: { mode: 'read' } } as const;
    expect((await readPromptList(everyday, request))?.list.ready).toHaveLength(1);
  });

  test('a newer schema that only adds is read and written', async (context) => {
    const { everyday } = await withNewerSchema(context, 'f', { reader: 1, writer: 1 });
    const store = await openStore(everyday);
    await createTask(scopeOf(store, workspaceId), { title: 'New' });
    expect((await listReady(scopeOf(store, workspaceId), { limit: 10 })).total).toBe(2);
    await store.close();
  });

  /** A database with one task, as a later docket has left it. */
  async function withNewerSchema(
    context: TestContext,
    name: string,
    oldest: { reader: number; writer: number },
  ): Promise<TestConnections> {
    const connections = await emptyDatabase(engine, context, name);
    const store = await openUnmigrated(connections.admin);
    await store.migrate();
    await ensureWorkspace(store, { id: workspaceId, slug: 'web' }, 'alice@one');
    await createTask(scopeOf(store, workspaceId), { title: 'Old' });
    await store.db.run(`INSERT INTO ${schemaTable} VALUES (?, 'later', ?, ?, ?)`, [
      newer,
      oldest.reader,
      oldest.writer,
      '2027-01-01 00:00:00.000',
    ]);
    await store.close();
    return connections;
  }
}

async function emptyDatabase(
  engine: Engine,
  { task, onTestFinished }: TestContext,
  name: string,
): Promise<TestConnections> {
  const zone = task.file.projectName?.replace(/[^a-z]/g, '') ?? '';
  const database = await createEmptyDatabase(engine, `docketmigrate${zone}${name}`);
  onTestFinished(() => database.drop());
  return database;
}

/** One task in progress and one that is blocked, as the first docket wrote them. */
async function fillFirstSchema({ db }: Store, [first]: readonly Migration[]): Promise<void> {
  for (const statement of splitStatements(first?.sql ?? '')) await db.run(statement);
  await db.run(`CREATE TABLE ${schemaTable} (version INTEGER PRIMARY KEY, name VARCHAR(100) NOT NULL,
    oldest_reader INTEGER NOT NULL, oldest_writer INTEGER NOT NULL, applied_at VARCHAR(40) NOT NULL)`);
  const at = '2026-11-20 10:00:00.000';
  await db.run(`INSERT INTO ${schemaTable} VALUES (1, 'foundation', 1, 1, ?)`, [at]);
  await db.run(
    `INSERT INTO workspaces (id, slug, guard_token, seq, task_count, created_at, created_by)
     VALUES (?, 'web', 'token', 0, 2, ?, 'alice@one')`,
    [workspaceId, at],
  );
  const tasks = [
    ['web-begun', 'in_progress', null, 'alice-session', 'main', 'alice@one', at],
    ['web-stopped', 'blocked', 'the vendor', null, null, null, null],
  ];
  for (const [key = '', status = '', ...claim] of tasks) {
    await db.run(
      `INSERT INTO tasks (id, task_key, workspace_id, title, description, status, queue, task_type,
         priority, assigned_agent, created_session_id, task_context, created_at, created_by, updated_at,
         revision, blocked_reason, claim_session_id, claim_agent_id, claim_actor, claimed_at)
       VALUES (?, ?, ?, 'Old', '', ?, ?, 'deployment', 2, 'Coding Agent', 'alice-session', '{}', ?,
         'alice@one', ?, ?, ?, ?, ?, ?, ?)`,
      [key, key, workspaceId, status, status, at, at, key, ...claim],
    );
  }
}
