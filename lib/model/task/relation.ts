import * as z from 'zod/mini';
import { DependencyType, Status } from './task.ts';

/** A task that another one needs, relates to or was found in. */
export const RelationView = z.object({
  type: DependencyType,
  key: z.string(),
  title: z.string(),
  status: Status,
  /** Whether it is in the archive. */
  archived: z.optional(z.boolean()),
});
export type RelationView = z.infer<typeof RelationView>;
