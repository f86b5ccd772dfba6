import * as z from 'zod/mini';
import { MinutesPartView } from '../run/minutes-part-view.ts';

/** What was done for a client, as `--json` shows it. */
export const WorkItemView = z.object({
  id: z.string(),
  /** Key of the task whose completion made it. */
  task: z.string(),
  /** Slugs. */
  client: z.string(),
  /** The client's IANA time zone; null where it has none. */
  timeZone: z.nullable(z.string()),
  project: z.nullable(z.string()),
  category: z.string(),
  problem: z.string(),
  solution: z.string(),
  /** Minutes as they are billed, with the client's rounding. */
  billableMinutes: z.int(),
  /** What was measured, proposed and said, before any rounding; empty: an older docket did not say. */
  minutesFrom: z.array(MinutesPartView),
  /** Names of the infrastructure that it was done on. */
  affectedSystems: z.array(z.string()),
  technologies: z.array(z.string()),
  session: z.string(),
  completedAt: z.string(),
  archivedAt: z.nullable(z.string()),
  /** Minutes that were invoiced; those that differ since are a correction. Null: none yet. */
  invoicedMinutes: z.nullable(z.int()),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
});
export type WorkItemView = z.infer<typeof WorkItemView>;

export const WorkItemAnswer = z.object({ workItem: WorkItemView });
export type WorkItemAnswer = z.infer<typeof WorkItemAnswer>;

/** Newest first. */
export const WorkItemList = z.object({
  workItems: z.array(WorkItemView),
  /** How many match in all; counting stops at `totalLimit`. */
  total: z.int(),
  totalLimit: z.int(),
});
export type WorkItemList = z.infer<typeof WorkItemList>;
