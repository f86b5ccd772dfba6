import { DocketError } from '../model/errors.ts';

/**
 * Checks by hand what every hook reads: to load zod for it would take a hook from 0.8 to 1.3 times
 * the start of Node.js (measured).
 *
 * @throws DocketError `invalid_config`, as all checks here
 */
export function requireRecord(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw wrong(what, 'is not an object');
}

export function requireText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  throw wrong(what, 'is not text');
}

export function optionalText(value: unknown, what: string): string | undefined {
  return value === undefined ? undefined : requireText(value, what);
}

export function wrong(what: string, why: string): DocketError {
  return new DocketError('invalid_config', `${what} ${why}`);
}
