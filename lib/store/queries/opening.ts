import type { Db } from '../contract.ts';
import { StoreError } from '../errors.ts';
import {
  readSchemaState,
  type SchemaState,
  schemaStateRequest,
} from '../migrations/schema-state.ts';
import { ask, query, type Request, together } from '../sql/request.ts';

/** The facts that a command learns of a database before it uses it. */
export interface Opening {
  readonly schema: SchemaState;
  readonly hasWorkspace: boolean;
}

/**
 * Reads the schema's state, and whether the workspace is there, in one flight.
 *
 * @throws StoreError
 */
export async function readOpening(db: Db, workspaceId: string): Promise<Opening> {
  try {
    const [schema, hasWorkspace] = await ask(
      db,
      together(schemaStateRequest, workspaceExists(workspaceId)),
    );
    return { schema, hasWorkspace };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'no_schema') throw error;
    // One of the two tables is missing; the schema's state tells which.
    return { schema: await readSchemaState(db), hasWorkspace: false };
  }
}

function workspaceExists(id: string): Request<boolean> {
  return query('SELECT id FROM workspaces WHERE id = ?', [id], (rows) => rows.length > 0);
}
