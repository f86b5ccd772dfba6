import { DocketError, type ErrorCode } from '../../model/errors.ts';
import type { Store } from '../../store/contract.ts';
import { StoreError, type StoreErrorCode } from '../../store/errors.ts';

const codes: Readonly<Record<StoreErrorCode, ErrorCode>> = {
  unreachable: 'unreachable',
  too_many_connections: 'unreachable',
  // A single read loses no race; its conflict is a file that another process has locked.
  conflict: 'unreachable',
  duplicate: 'contention',
  contention: 'contention',
  invariant: 'internal',
  denied: 'unreachable',
  no_schema: 'migration_due',
  failed: 'internal',
};

const hints: Partial<Record<ErrorCode, string>> = {
  unreachable: 'docket doctor says why; docket list --cached shows the last known list',
  contention: 'Run the command again',
  migration_due: 'docket migrate',
};

/** Turns a driver's error into the error that callers see. */
export function toDocketError(error: StoreError): DocketError {
  const code = codes[error.code];
  return new DocketError(code, error.message, { hint: error.hint ?? hints[code], cause: error });
}

/** Wraps a store so that it throws DocketError where the driver throws StoreError. */
export function translateErrors(store: Store): Store {
  return {
    ...store,
    read: (work) => translated(() => store.read(work)),
    write: (work) => translated(() => store.write(work)),
    migrate: (options) => translated(() => store.migrate(options)),
  };
}

/** Runs `work`, throwing DocketError where it throws StoreError. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StoreError ? toDocketError(error) : error;
  }
}
