import { describe, expect, test } from 'vitest';
import { ImportAnswer } from '../../../../lib/model/answers/moving.ts';
import { freshDatabase } from '../../../engines/database.ts';
import { dolt, mariadb } from '../../../engines/engines.ts';
import { openCliHarness } from '../../cli-harness.ts';
import { compareWithExported, rows, schema } from './bd-list.ts';

describe.each([dolt, mariadb])('$name', (engine) => {
  test('a list of bd is imported where it is, as if bd had exported it', async (context) => {
    const { name, url } = await freshDatabase(engine, context);
    const admin = await engine.server().connect(name);
    for (const sql of schema) await admin.query(sql);
    for (const [sql, values] of rows) await admin.query(sql, values);
    const count = 300;
    const many = Array.from({ length: count }, (_, index) => `many-${index}`);
    await admin.query(
      `INSERT INTO issues (id, title, description, design, acceptance_criteria, notes, created_at,
         updated_at) VALUES ${many.map(() => `(?, 'One of many', '', '', '', '', '2026-05-01 00:00:00', '2026-05-01 00:00:00')`).join()}`,
      many,
    );
    const harness = openCliHarness();
    const dry = await harness.json(ImportAnswer, 'import', url, '--format', 'bd', '--dry-run');
    const answer = await harness.json(ImportAnswer, 'import', url, '--format', 'bd');
    expect(dry).toEqual({ ...answer, dryRun: true });
    expect(answer).toMatchObject({ added: count + 2, known: 0, notes: 1 });
    const again = await harness.json(ImportAnswer, 'import', url, '--format', 'bd');
    expect(again).toMatchObject({ added: 0, known: count + 2 });

    const { found, expected } = await compareWithExported(harness);
    expect(found).toEqual(expected);
    expect(found).toMatchObject([{ metadata: { k: 1 }, pinned: true }, {}]);

    await admin.query('DROP TABLE comments');
    expect(await harness.error('import', url, '--format', 'bd')).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('the tables of bd'),
    });
    expect(await harness.error('import', url, '--format', 'csv')).toMatchObject({
      code: 'usage',
    });
    await admin.end();
  });
});
