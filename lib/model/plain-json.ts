import { DocketError } from './errors.ts';
import { limits } from './limits.ts';

/**
 * Reduces a value to its JSON: without functions, getters and cycles.
 *
 * @throws DocketError `invalid_input` when it has no JSON, or is nested so deep that a program which
 * reads it later may run out of stack.
 */
export function plainJson(value: unknown, what: string): unknown {
  let plain: unknown;
  try {
    plain = JSON.parse(JSON.stringify(value) ?? 'null');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new DocketError('invalid_input', `${what} cannot be written as JSON: ${reason}`);
  }
  requireShallow(plain, what);
  return plain;
}

/** @throws DocketError `invalid_input` */
export function requireShallow(plain: unknown, what: string): void {
  if (!isDeeper(plain, limits.nesting)) return;
  throw new DocketError(
    'invalid_input',
    `${what} is nested deeper than ${limits.nesting} levels; that many are allowed`,
  );
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
