import { type Database, databaseUrl } from './database.ts';

/** The key of this machine's memory of a list. */
export function snapshotIdOf({
  database,
  workspace,
}: {
  readonly database: Database;
  readonly workspace: { readonly id: string };
}): { readonly database: string; readonly workspace: string } {
  return { database: databaseUrl(database), workspace: workspace.id };
}
