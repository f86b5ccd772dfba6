import type { Db } from '../contract.ts';
import { StoreError } from '../errors.ts';
import {
  readSchemaState,
  type SchemaState,
  schemaStateRequest,
} from '../migrations/schema-state.ts';
import { textOrNull } from '../sql/columns.ts';
import { ask, query, type Request, together } from '../sql/request.ts';

/** The facts that a command learns of a database before it uses it. */
export interface Opening {
  readonly schema: SchemaState;
  readonly hasWorkspace: boolean;
  /** The URL of the database that the list has moved to. */
  readonly movedTo: string | undefined;
}

/**
 * Reads the schema's state, and whether the workspace is there, in one flight.
 *
 * @throws StoreError
 */
export async function readOpening(db: Db, workspaceId: string): Promise<Opening> {
  try {
    const [schema, place] = await ask(db, together(schemaStateRequest, placeOf(workspaceId)));
    return { schema, ...place };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'no_schema') throw error;
    // A table or the newest column is missing; the schema's state tells which.
    const schema = await readSchemaState(db);
    const hasWorkspace = schema.version > 0 && (await ask(db, isThere(workspaceId)));
    return { schema, hasWorkspace, movedTo: undefined };
  }
}

/** Asks in a way that any schema knows. */
function isThere(id: string): Request<boolean> {
  return query('SELECT id FROM workspaces WHERE id = ?', [id], (rows) => rows.length > 0);
}

function placeOf(id: string): Request<Omit<Opening, 'schema'>> {
  return query('SELECT moved_to FROM workspaces WHERE id = ?', [id], ([row]) => ({
    hasWorkspace: row !== undefined,
    movedTo: (row && textOrNull(row, 'moved_to')) ?? undefined,
  }));
}
