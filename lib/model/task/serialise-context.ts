import { DocketError } from '../errors.ts';
import { codePoints, limits } from '../limits.ts';
import { requireShallow } from '../plain-json.ts';
import type { TaskContext } from './input.ts';

/**
 * Gives the JSON text that is stored.
 *
 * @throws DocketError `invalid_input` when it is too long or deep.
 */
export function serialiseContext(context: TaskContext): string {
  requireShallow(context, 'the context');
  const text = JSON.stringify(context);
  if (codePoints(text) <= limits.context) return text;
  throw new DocketError(
    'invalid_input',
    `the context has ${codePoints(text)} characters; at most ${limits.context} are allowed`,
  );
}

/** Gives the JSON text that is stored, or the former one where the new one would be too long. */
export function contextThatFits(context: TaskContext, former: string): string {
  try {
    return serialiseContext(context);
  } catch {
    return former;
  }
}
