import type { Store } from '../../store/contract.ts';

/**
 * Makes a store safe for concurrent callers: a store is one connection, which takes one transaction
 * after the other.
 */
export function serialStore(store: Store): Store {
  let last: Promise<unknown> = Promise.resolve();

  function next<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => {});
    return turn;
  }

  return {
    db: {
      dialect: store.db.dialect,
      query: (sql, params) => next(() => store.db.query(sql, params)),
      run: (sql, params) => next(() => store.db.run(sql, params)),
      batch: (statements) => next(() => store.db.batch(statements)),
    },
    read: (work) => next(() => store.read(work)),
    write: (work) => next(() => store.write(work)),
    migrate: (options) => next(() => store.migrate(options)),
    close: () => next(() => store.close()),
  };
}
