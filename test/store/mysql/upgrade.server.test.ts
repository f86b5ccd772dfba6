import { describe, expect, test } from 'vitest';
import type { Store } from '../../../lib/store/contract.ts';
import { schemaTable } from '../../../lib/store/migrations/known-version.ts';
import { splitStatements } from '../../../lib/store/migrations/migration.ts';
import { mysqlMigrations } from '../../../lib/store/migrations/mysql.gen.ts';
import { versionsAfter } from '../../conformance/database/versions-after.ts';
import { serverEngines } from '../../engines/engines.ts';
import { emptyPlace } from './open-store.ts';

const at = '2026-11-20 10:00:00.000';
const sessions = 4;

/** A workspace in the first schema, as the first docket left it. */
async function makeFirstSchema({ db }: Store): Promise<void> {
  for (const statement of splitStatements(mysqlMigrations[0]?.sql ?? '')) await db.run(statement);
  await db.run(`CREATE TABLE ${schemaTable} (version INT PRIMARY KEY, name VARCHAR(100) NOT NULL,
    oldest_reader INT NOT NULL, oldest_writer INT NOT NULL, applied_at DATETIME(3) NOT NULL)`);
  await db.run(`INSERT INTO ${schemaTable} VALUES (1, 'foundation', 1, 1, ?)`, [at]);
  await db.run(
    `INSERT INTO workspaces (id, slug, guard_token, seq, task_count, created_at, created_by)
     VALUES ('w', 'web', 'token', 0, 0, ?, 'alice')`,
    [at],
  );
}

/** Writes a task as a docket does that knows the first schema alone. */
async function createAsBefore(store: Store, key: string): Promise<void> {
  await store.write(async (transaction) => {
    await transaction.run(
      "UPDATE workspaces SET guard_token = ?, seq = seq + 1, task_count = task_count + 1 WHERE id = 'w'",
      [key],
    );
    await transaction.run(
      `INSERT INTO tasks (id, task_key, workspace_id, title, description, status, queue, task_type,
         priority, assigned_agent, created_session_id, task_context, created_at, created_by,
         updated_at, revision)
       VALUES (?, ?, 'w', 'Old', '', 'pending', 'ready', 'bugfix', 2, 'Coding Agent', 's', '{}', ?,
         'alice', ?, ?)`,
      [key, key, at, at, key],
    );
  });
}

describe.each(serverEngines)('on $name', (engine) => {
  test('those who know an older schema read and write on while it is brought up to date', async (context) => {
    const { open } = await emptyPlace(engine, context);
    const admin = await open();
    await makeFirstSchema(admin);
    let isMigrated = false;
    const written: string[] = [];

    async function write(session: number): Promise<void> {
      const store = await open();
      for (let count = 0, after = 0; after < 3; count += 1) {
        // Some more when all is done: a connection that stood before must find its way, too.
        if (isMigrated) after += 1;
        const key = `web-${session}-${count}`;
        await createAsBefore(store, key);
        written.push(key);
        if (count === 0) begin();
      }
    }

    async function read(): Promise<void> {
      const store = await open('read');
      for (let isOver = false; !isOver; ) {
        isOver = isMigrated;
        const known = written.length;
        const [row] = await store.db.query("SELECT count(*) AS n FROM tasks WHERE title = 'Old'");
        expect(Number(row?.n)).toBeGreaterThanOrEqual(known);
      }
    }

    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const working = Promise.all([read(), ...Array.from({ length: sessions }, (_, n) => write(n))]);
    await begun;
    const applied = await admin.migrate();
    isMigrated = true;
    await working;
    expect(applied).toEqual(versionsAfter(1, mysqlMigrations));
    const tasks = await admin.db.query('SELECT task_key FROM tasks ORDER BY task_key');
    expect(tasks.map((row) => row.task_key)).toEqual([...written].sort());
    const [workspace] = await admin.db.query('SELECT seq, task_count FROM workspaces');
    expect(workspace).toMatchObject({ seq: written.length, task_count: written.length });
  });
});
