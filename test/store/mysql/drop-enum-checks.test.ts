import { expect, test } from 'vitest';
import { dropEnumChecks, readChecks } from '../../../lib/store/mysql/drop-enum-checks.ts';

// As TiDB 8.5 gave them.
const rows = [
  {
    CONSTRAINT_NAME: 'tasks_chk_2',
    CHECK_CLAUSE: "(`status` in (_utf8mb4'pending',_utf8mb4'in_progress',_utf8mb4'blocked'))",
    TABLE_NAME: 'tasks',
    constrained_table: 'tasks',
  },
  {
    CONSTRAINT_NAME: 'tasks_chk_1',
    CHECK_CLAUSE: '(`priority` between 0 and 4)',
    TABLE_NAME: 'tasks',
    constrained_table: 'tasks',
  },
];

test('the lists of words that TiDB has made of CHECKs are dropped, and nothing else', async () => {
  const asked: string[] = [];
  const query = async (sql: string) => {
    asked.push(sql);
    return rows;
  };
  const checks = await readChecks(query, { hasOwnCatalogue: true });
  expect(asked).toEqual([expect.stringContaining('information_schema.tidb_check_constraints')]);
  expect(dropEnumChecks(checks)).toEqual(['ALTER TABLE tasks DROP CONSTRAINT `tasks_chk_2`']);
});

test('other servers are asked as SQL has it', async () => {
  const asked: string[] = [];
  await readChecks(
    async (sql) => {
      asked.push(sql);
      return [];
    },
    { hasOwnCatalogue: false },
  );
  expect(asked).toEqual([expect.stringContaining('information_schema.table_constraints')]);
});
