import type { Db, Store } from '../contract.ts';
import { isQuery } from './is-query.ts';

/** Makes a store read-only: whatever would write gets `refusal`'s error. */
export function refuseWrites(store: Store, refusal: () => Error): Store {
  const refuse = () => Promise.reject(refusal());
  const { db } = store;
  const batch: Db['batch'] = (statements) =>
    statements.every(isQuery) ? db.batch(statements) : refuse();
  return { ...store, db: { ...db, batch, run: refuse }, write: refuse, migrate: refuse };
}
