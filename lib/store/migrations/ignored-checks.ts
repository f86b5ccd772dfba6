import type { Db } from '../contract.ts';
import { StoreError } from '../errors.ts';

/**
 * TiDB reads a CHECK and forgets it, unless its administrator says otherwise; others have no such
 * variable.
 */
const variable = 'tidb_enable_check_constraint';

/**
 * Refuses a server that does not hold to the CHECKs of the tables, on which the list's soundness rests.
 *
 * @throws StoreError `unreachable`, with what mends it
 */
export async function refuseIgnoredChecks(db: Db): Promise<void> {
  const [row] = await db.query(`SHOW VARIABLES LIKE '${variable}'`);
  if (row === undefined || /^(?:ON|1)$/i.test(String(row.Value))) return;
  throw new StoreError(
    'unreachable',
    `the server ignores CHECK constraints, on which the list relies (${variable} is ${row.Value})`,
    { hint: `An administrator of the server runs: SET GLOBAL ${variable} = ON` },
  );
}
