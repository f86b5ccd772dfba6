import * as z from 'zod/mini';
import { minutesOrigins } from './minutes-part.ts';

/** A part of what is known of a task's time, as `--json` shows it. */
export const MinutesPartView = z.object({
  /** `measured` by a clock, `proposed` by an agent's report, `said` by a person. */
  from: z.enum(minutesOrigins),
  /** The agent or the person; null for what was measured, and where nobody is known. */
  by: z.nullable(z.string()),
  ms: z.int(),
  /** Whether it is billed: another part decides else. */
  billed: z.boolean(),
});

/** The minutes that are billed for a task unless some are given, and whence they come. */
export const suggestedTime = {
  /** Those that were worked so far, or proposed; null where some are given, or none to bill. */
  suggestedMinutes: z.nullable(z.int()),
  /** Minutes for which workers held it, where those worked are much fewer; else null. */
  heldMinutes: z.nullable(z.int()),
  /** What was measured, proposed and said. */
  minutesFrom: z.array(MinutesPartView),
};

/** The same of one of several tasks. */
export const SuggestedMinutes = z.object({
  task: z.string(),
  minutes: z.int(),
  heldMinutes: suggestedTime.heldMinutes,
  minutesFrom: suggestedTime.minutesFrom,
});
