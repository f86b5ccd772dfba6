import type { Statement, StatementResult } from '../contract.ts';
import { StoreError } from '../errors.ts';

/** A statement that changes rows. */
export interface WriteStatement extends Statement {
  /** How many rows it has to find; fewer mean that another writer was faster. */
  readonly mustFind?: number;
}

/**
 * Checks what a batch of writing statements found.
 *
 * @throws StoreError `conflict` when another writer was faster; the transaction is then run again.
 */
export function requireFound(
  statements: readonly WriteStatement[],
  results: readonly StatementResult[],
): void {
  for (const [index, { mustFind, sql }] of statements.entries()) {
    if (mustFind === undefined || results[index]?.found === mustFind) continue;
    throw new StoreError('conflict', `a row was changed meanwhile: ${sql.slice(0, 40)}`);
  }
}
