import { randomUUID } from 'node:crypto';
import { makeSlug } from '../../../lib/model/key.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { scopeOf } from '../../conformance/test-lists.ts';

/** Makes a list in which everything is billed, so that each step has to leave work items right. */
export async function newBilledList(store: Store | undefined): Promise<Scope> {
  if (store === undefined) throw new Error('there is no database');
  const mode = { mode: 'msp', client: 'Acme' } as const;
  const list = { ...scopeOf(store, randomUUID()), mode };
  const { workspaceId: id } = list;
  await ensureWorkspace(store, { id, slug: makeSlug(id) }, 'alice@one');
  await ensureRegistryEntries(list, { client: 'Acme' });
  return list;
}
