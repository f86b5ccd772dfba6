import * as z from 'zod/mini';

// The forms of values that several settings of Claude Code share.

export const text = z.string();
export const flag = z.boolean();
export const texts = z.array(text);
export const whole = z.number().check(z.int(), z.positive());

/** Settings of one form, each of which may be left out; the names stand with spaces between. */
export function each<Schema extends z.ZodMiniType>(schema: Schema, names: string) {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, z.optional(schema)]));
}
