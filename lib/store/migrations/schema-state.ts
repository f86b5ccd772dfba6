import type { Db, Row } from '../contract.ts';
import { StoreError } from '../errors.ts';
import { ask, query, type Request } from '../sql/request.ts';
import { schemaTable } from './known-version.ts';

/** What a database's schema says of itself. `version` 0: nothing there yet. */
export interface SchemaState {
  readonly version: number;
  readonly oldestReader: number;
  readonly oldestWriter: number;
}

/** Asks for the schema's state; an empty database answers with `no_schema`. */
export const schemaStateRequest: Request<SchemaState> = query(
  `SELECT MAX(version) AS version, MAX(oldest_reader) AS oldest_reader,
    MAX(oldest_writer) AS oldest_writer FROM ${schemaTable}`,
  [],
  ([row]) => toState(row),
);

/** @throws StoreError */
export async function readSchemaState(db: Db): Promise<SchemaState> {
  try {
    return await ask(db, schemaStateRequest);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'no_schema') return toState(undefined);
    throw error;
  }
}

function toState(row: Row | undefined): SchemaState {
  return {
    version: Number(row?.version ?? 0),
    oldestReader: Number(row?.oldest_reader ?? 0),
    oldestWriter: Number(row?.oldest_writer ?? 0),
  };
}
