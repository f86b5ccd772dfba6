import type { Connection } from '../../model/connection.ts';
import { DocketError } from '../../model/errors.ts';
import { toForeignList } from '../../model/foreign/bd.ts';
import { issuesOfRows } from '../../model/foreign/bd-rows.ts';
import type { Fields, ForeignList } from '../../model/foreign/foreign-task.ts';
import { StoreError } from '../../store/errors.ts';
import { readBdTables } from '../../store/queries/bd-tables.ts';
import { connect } from '../database/connect.ts';
import { translated } from '../database/translate-errors.ts';

/** More issues than one import takes. */
export const mostIssues = 20_000;

/**
 * Reads bd's list where it is: in its own tables, as they stand at one moment. Nothing is changed
 * there.
 *
 * @throws DocketError `unreachable`; `invalid_input`: these are not bd's tables, or too many issues
 */
export async function readBdDatabase(connection: Connection): Promise<ForeignList> {
  return translated(async () => {
    const store = await connect(connection, { mode: 'read' });
    try {
      const issues = await store.read(async (db) => {
        const found: Fields[] = [];
        for await (const rows of readBdTables(db)) {
          found.push(...issuesOfRows(rows));
          if (found.length > mostIssues) {
            throw new DocketError('invalid_input', `it has more than ${mostIssues} issues`);
          }
        }
        return found;
      });
      return toForeignList(issues);
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'no_schema') throw error;
      throw new DocketError('invalid_input', 'the database does not have the tables of bd', {
        cause: error,
      });
    } finally {
      await store.close();
    }
  });
}
