import { describe, expect, test } from 'vitest';
import { openReader } from '../../../../lib/store/mysql/reader/open-reader.ts';
import { readPromptRows } from '../../../../lib/store/tables/prompt-rows.ts';
import { serverEngines } from '../../../engines/engines.ts';
import { migratedPlace } from '../open-store.ts';

describe.each(serverEngines)('a reader on $name', (engine) => {
  test('gives what the driver gives, to a user with a password', async (context) => {
    const place = await migratedPlace(engine, context);
    const user = await place.everydayUser('alice');
    const store = await place.open('read', user);
    const reader = await openReader({ ...place.target, ...user }, {});
    const values = `SELECT created_at, seq, slug, origin, id = 'w' AS is_w, seq - 7 AS minus,
      9007199254740993 AS large, COUNT(*) AS total, CAST(seq AS CHAR(20)) AS texted, NULL AS none,
      _utf8mb4 X'F09F9880' AS face, ${store.db.dialect.now} > '2026-01-01' AS late
      FROM workspaces GROUP BY id`;
    const asked = [
      values,
      "SELECT slug FROM workspaces WHERE id = 'none'",
      "SELECT CONCAT(REPEAT('ünï😀', 20000), slug) AS text FROM workspaces",
    ];
    for (const sql of asked) expect(await reader.query(sql)).toEqual(await store.db.query(sql));
    const [list, same] = [
      await readPromptRows(reader, 'w', 'session-a'),
      await readPromptRows(store.db, 'w', 'session-a'),
    ];
    expect({ ...list, at: '' }).toEqual({ ...same, at: '' });
    await reader.close();
  });

  test('tells a wrong password, a missing database and a missing table like the driver', async (context) => {
    const place = await migratedPlace(engine, context);
    const user = await place.everydayUser('alice');
    for (const wrong of [{ password: 'wrong' }, { database: 'nowhere' }]) {
      const target = { ...place.target, ...user, ...wrong };
      const error = await place.open('read', { ...user, ...wrong }).catch((reason) => reason);
      await expect(openReader(target, {})).rejects.toMatchObject({
        code: error.code,
        message: error.message,
      });
    }
    const store = await place.open('read', user);
    const error = await store.db.query('SELECT 1 FROM nothing').catch((reason) => reason);
    const reader = await openReader({ ...place.target, ...user }, {});
    await expect(reader.query('SELECT 1 FROM nothing')).rejects.toMatchObject({
      code: error.code,
      message: error.message,
    });
  });
});
