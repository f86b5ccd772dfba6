import type { Store } from '../../store/contract.ts';
import { findWorkspace } from '../../store/tables/workspaces.ts';
import { translated } from './translate-errors.ts';

/** Whether the database has this workspace: what most commands find, without loading how to make it. */
export async function hasWorkspace(store: Store, id: string): Promise<boolean> {
  return translated(async () => (await findWorkspace(store.db, id)) !== undefined);
}
