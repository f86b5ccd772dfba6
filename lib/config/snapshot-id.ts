import { type Database, databaseUrl } from './database.ts';

/** What this machine's memory of a list is keyed by. */
export function snapshotIdOf({
  database,
  workspace,
}: {
  readonly database: Database;
  readonly workspace: { readonly id: string };
}): { readonly database: string; readonly workspace: string } {
  return { database: databaseUrl(database), workspace: workspace.id };
}
