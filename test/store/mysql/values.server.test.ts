import { afterEach, describe, expect, test } from 'vitest';
import { serverEngines } from '../../engines/engines.ts';
import { emptyPlace, migratedPlace, type Place } from './open-store.ts';

const zone = process.env.TZ;

afterEach(() => {
  process.env.TZ = zone;
});

describe.each(serverEngines)('values on $name', (engine) => {
  test.for(['UTC', 'America/New_York', 'Asia/Kolkata'])(
    'times are the database clock in UTC under TZ=%s',
    async (timeZone, context) => {
      process.env.TZ = timeZone;
      const { open } = await migratedPlace(engine, context);
      const store = await open('read');
      const [row] = await store.db.query(
        `SELECT created_at, ${store.db.dialect.now} AS clock FROM workspaces`,
      );
      for (const time of [row?.created_at, row?.clock]) {
        expect(time).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
        const age = Date.now() - Date.parse(`${String(time).replace(' ', 'T')}Z`);
        expect(Math.abs(age)).toBeLessThan(120_000);
      }
    },
  );

  test.for([
    ['quotes and backslashes', `it's "so" \\ \\' ; -- #`],
    ['a question mark', 'what? now?'],
    ['line ends and control characters', 'a\r\nb\tc\u0000d\u001ae'],
    ['characters beyond the first plane', '😀 𝒳 한 é e\u0301 \u202e'],
    ['spaces at the end', 'trailing   '],
    ['200 KB', 'ünï😀'.repeat(20_000)],
    ['nothing', ''],
  ] as const)('text with %s comes back as it was', async ([, text], context) => {
    const place = await migratedPlace(engine, context);
    await addTask(place, { description: text });
    const store = await place.open('read');
    const [row] = await store.db.query('SELECT description FROM tasks WHERE id = ?', ['t']);
    expect(row?.description).toBe(text);
    const found = await store.db.query('SELECT id FROM tasks WHERE description = ?', [text]);
    expect(found).toHaveLength(1);
  });

  test('a title of 500 characters of four bytes fits, one of 600 is refused and not cut', async (context) => {
    const place = await migratedPlace(engine, context);
    await addTask(place, { id: 'long', title: '😀'.repeat(500) });
    const tooLong = addTask(place, { id: 'longer', title: 'x'.repeat(600) });
    await expect(tooLong).rejects.toMatchObject({ code: 'invariant' });
    const store = await place.open('read');
    expect(await store.db.query('SELECT id FROM tasks')).toEqual([{ id: 'long' }]);
  });

  test('keys differ by case', async (context) => {
    const place = await migratedPlace(engine, context);
    await addTask(place, { id: 'a', task_key: 'web-a3b2' });
    await addTask(place, { id: 'b', task_key: 'web-A3B2' });
    const store = await place.open('read');
    const rows = await store.db.query('SELECT id FROM tasks WHERE task_key = ?', ['web-A3B2']);
    expect(rows).toEqual([{ id: 'b' }]);
  });

  test('large whole numbers are numbers', async (context) => {
    const place = await migratedPlace(engine, context);
    const store = await place.open();
    await store.write((transaction) =>
      transaction.run('UPDATE workspaces SET seq = ?', [2 ** 53 - 1]),
    );
    const [row] = await store.db.query(
      'SELECT seq, COUNT(*) AS total FROM workspaces GROUP BY seq',
    );
    expect(row).toEqual({ seq: 2 ** 53 - 1, total: 1 });
  });

  test('a list of plain and of other text finds each', async (context) => {
    const place = await emptyPlace(engine, context);
    const store = await place.open();
    await store.db.run(
      'CREATE TABLE words (word VARCHAR(20) PRIMARY KEY) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    );
    await store.db.run('INSERT INTO words VALUES (?), (?), (?)', ['plain', "it's", 'über']);
    const rows = await store.db.query(
      'SELECT word FROM words WHERE word IN (?, ?, ?) ORDER BY word',
      ['über', 'plain', "it's"],
    );
    expect(rows.map((row) => row.word)).toEqual(["it's", 'plain', 'über']);
  });

  test('text cannot end its literal when the server takes backslashes literally', async (context) => {
    const place = await migratedPlace(engine, context);
    const store = await place.open();
    await store.db.run("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'");
    const text = "\\' OR 1 = 1 -- ";
    const [row] = await store.db.query('SELECT ? AS text', [text]);
    expect(row?.text).toBe(text);
  });
});

async function addTask(place: Place, fields: Readonly<Record<string, string>>): Promise<void> {
  const row = { id: 't', task_key: 'web-t', title: 'Title', description: '', ...fields };
  const store = await place.open();
  await store.write(async (transaction) => {
    const { now } = transaction.dialect;
    await transaction.run(
      `INSERT INTO tasks (id, task_key, title, description, workspace_id, status, task_type,
         priority, created_session_id, task_context, created_at, created_by, updated_at, revision,
         queue)
       VALUES (?, ?, ?, ?, 'w', 'pending', 'implementation', 2, 's', '{}', ${now}, 'alice', ${now},
         'r', 'ready')`,
      [row.id, row.task_key, row.title, row.description],
    );
  });
}
