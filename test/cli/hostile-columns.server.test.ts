import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { expect, test } from 'vitest';
import { freshDatabase } from '../engines/database.ts';
import { mariadb } from '../engines/engines.ts';
import { openCliHarness } from './cli-harness.ts';
import { fillList, findLeaks, hostile } from './hostile-columns.ts';

test('what is written into any text column of a server reaches no terminal and no model as it is', {
  timeout: 900_000,
}, async (context) => {
  const { name, url } = await freshDatabase(mariadb, context);
  const harness = openCliHarness().with({ env: { DOCKET_DATABASE: url } });
  await harness.text('trust', url);
  await harness.text('migrate');
  const commands = await fillList(harness);
  const { host, port, adminUser: user } = mariadb.server();
  const db = await createConnection({ host, port, user, database: name });
  context.onTestFinished(() => db.end());
  await db.query("SET foreign_key_checks = 0, check_constraint_checks = 0, sql_mode = ''");
  const [columns] = await db.query<RowDataPacket[]>(
    `SELECT table_name AS t, column_name AS c, character_maximum_length AS longest
     FROM information_schema.columns
     WHERE table_schema = DATABASE() AND character_maximum_length IS NOT NULL ORDER BY 1, 2`,
  );
  expect(columns.length).toBeGreaterThan(90);
  const leaks: string[] = [];
  for (const { t, c, longest } of columns) {
    await db.query(`CREATE TABLE kept AS SELECT * FROM ${t}`);
    // What is unique stays so for one row at least, and what is too long is cut.
    const value = `LEFT(CONCAT(?, COALESCE(${c}, '')), ${longest})`;
    const [{ affectedRows }] = await db.query<never>(`UPDATE IGNORE ${t} SET ${c} = ${value}`, [
      hostile,
    ]);
    expect(affectedRows, `${t} has no row`).toBeGreaterThan(0);
    const found = await findLeaks(harness, commands);
    leaks.push(...found.map((leak) => `${t}.${c}: ${leak}`));
    await db.query(`DELETE FROM ${t}`);
    await db.query(`INSERT INTO ${t} SELECT * FROM kept`);
    await db.query('DROP TABLE kept');
  }
  expect(leaks).toEqual([]);
});
