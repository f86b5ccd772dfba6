import type { Db } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { schemaTable } from './known-version.ts';

/** What a database's schema says of itself. `version` 0: nothing there yet. */
export interface SchemaState {
  readonly version: number;
  readonly oldestReader: number;
  readonly oldestWriter: number;
}

export async function readSchemaState(db: Db): Promise<SchemaState> {
  try {
    const [row] = await db.query(
      `SELECT MAX(version) AS version, MAX(oldest_reader) AS oldest_reader,
        MAX(oldest_writer) AS oldest_writer FROM ${schemaTable}`,
    );
    return {
      version: Number(row?.version ?? 0),
      oldestReader: Number(row?.oldest_reader ?? 0),
      oldestWriter: Number(row?.oldest_writer ?? 0),
    };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'no_schema') {
      return { version: 0, oldestReader: 0, oldestWriter: 0 };
    }
    throw error;
  }
}
