import { callOperation } from '../../lib/operations/check-input.ts';
import type { Operation } from '../../lib/operations/operation.ts';
import type { Scope } from '../../lib/tracker/scope.ts';

/** Runs an operation on a list as a front door does: its input is checked there, and nowhere else. */
export function call<Input, Answer>(
  list: Scope,
  operation: Operation<Input, Answer>,
  input: unknown,
): Promise<Answer> {
  return callOperation(operation, { scope: list, env: {} }, { input });
}
