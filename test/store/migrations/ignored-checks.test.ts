import { expect, test } from 'vitest';
import type { Row } from '../../../lib/store/contract.ts';
import { refuseIgnoredChecks } from '../../../lib/store/migrations/ignored-checks.ts';
import { createDb } from '../../../lib/store/mysql/db.ts';

/** A server that answers SHOW VARIABLES so. TiDB itself is too large to be had in the tests. */
function answering(...rows: readonly Row[]) {
  return createDb(async () => [{ rows, found: 0, hasRows: true }]);
}

const row = (Value: string): Row => ({ Variable_name: 'tidb_enable_check_constraint', Value });

test('a server that ignores CHECK is refused, with what mends it', async () => {
  await expect(refuseIgnoredChecks(answering(row('OFF')))).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('ignores CHECK constraints'),
    hint: expect.stringContaining('SET GLOBAL tidb_enable_check_constraint = ON'),
  });
});

test('a server that holds to CHECK, or has no such variable, is not', async () => {
  await refuseIgnoredChecks(answering(row('ON')));
  await refuseIgnoredChecks(answering());
});
