import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { atMost, visible, withoutNul } from '../task/input.ts';
import { findTimeZone } from '../time-zone.ts';
import { entrySlug } from './entry.ts';
import { minutesRuleNames } from './minutes-rule.ts';
import { findCurrency } from './money.ts';
import { roundingModes } from './rounding.ts';

/** A name of one line with a letter or a digit in it, because its slug finds it. */
export const RegistryName = z.string().check(
  z.trim(),
  ...visible,
  z.regex(/^[^\n\r]*$/, { error: 'has more than one line' }),
  withoutNul,
  atMost(limits.entryName),
  z.refine((name) => entrySlug(name) !== '', { error: 'has no letter and no digit' }),
);

const Note = z.string().check(withoutNul, atMost(limits.note));
const named = { name: RegistryName, note: z.optional(Note) };
/** Name of its client; null for none. */
const ofClient = z.optional(z.nullable(z.string()));

/** The name of an IANA time zone, in whatever case; empty or null for none. */
const TimeZone = z.nullable(
  z.string().check(
    z.refine((name) => name === '' || findTimeZone(name) !== undefined, {
      error: 'is no time zone, as America/Phoenix is one',
    }),
  ),
);

/** The code of a currency, in whatever case; empty or null for none. */
const Currency = z.nullable(
  z.string().check(
    z.refine((code) => code === '' || findCurrency(code) !== undefined, {
      error: 'is no currency, as EUR is one',
    }),
  ),
);

export const ClientInput = z.strictObject({
  ...named,
  rounding_minutes: z.optional(z.int().check(z.minimum(1), z.maximum(limits.roundingMinutes))),
  rounding_mode: z.optional(z.enum(roundingModes)),
  /** Which minutes of its runs are billed: the measured ones, or what agents propose. */
  minutes: z.optional(z.enum(minutesRuleNames)),
  time_zone: z.optional(TimeZone),
  rate: z.optional(z.nullable(z.int().check(z.minimum(0), z.maximum(limits.rate)))),
  currency: z.optional(Currency),
});
export type ClientInput = z.infer<typeof ClientInput>;

export const ProjectInput = z.strictObject({
  ...named,
  client: ofClient,
  repository: z.optional(z.nullable(z.string().check(withoutNul, atMost(limits.repository)))),
  feature_spec: z.optional(z.nullable(z.string().check(withoutNul, atMost(limits.description)))),
});
export type ProjectInput = z.infer<typeof ProjectInput>;

export const InfrastructureInput = z.strictObject({
  ...named,
  client: ofClient,
  kind: z.optional(z.nullable(z.string().check(withoutNul, atMost(limits.agent)))),
});
export type InfrastructureInput = z.infer<typeof InfrastructureInput>;
