import * as z from 'zod/mini';
import { registryNouns } from '../registry/insight.ts';

/** A lasting fact about a client, a project or infrastructure, as `--json` shows it. */
export const InsightView = z.object({
  id: z.string(),
  text: z.string(),
  about: z.enum(registryNouns),
  /** Slug of what it is about. */
  subject: z.string(),
  /** Key of the task where it was learnt. */
  task: z.nullable(z.string()),
  run: z.nullable(z.string()),
  archivedAt: z.nullable(z.string()),
  createdAt: z.string(),
  createdBy: z.string(),
  updatedAt: z.string(),
});
export type InsightView = z.infer<typeof InsightView>;

export const InsightAnswer = z.object({ insight: InsightView });
export type InsightAnswer = z.infer<typeof InsightAnswer>;

/** Newest first. */
export const InsightList = z.object({
  insights: z.array(InsightView),
  /** How many match in all; counting stops at `totalLimit`. */
  total: z.int(),
  totalLimit: z.int(),
});
export type InsightList = z.infer<typeof InsightList>;
