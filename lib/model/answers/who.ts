import * as z from 'zod/mini';
import { Priority, Status } from '../task/task.ts';

const Held = z.object({
  key: z.string(),
  title: z.string(),
  priority: Priority,
  /** `in_progress`, or `blocked` where it is kept meanwhile. */
  status: Status,
  /** The worker in the session that holds it. */
  agent: z.string(),
  since: z.string(),
});

const Edited = z.object({
  /** From the project's root; else absolute, or `~/...`. */
  path: z.string(),
  agent: z.string(),
  /** What it was edited for; null for nothing that was claimed. */
  task: z.nullable(z.object({ key: z.string(), title: z.string() })),
  at: z.string(),
});

export const LiveSession = z.object({
  session: z.string(),
  actor: z.string(),
  host: z.string(),
  /** Where it began; null where that is not known. */
  folder: z.nullable(z.string()),
  /** The branch or worktree that it works in, unless it is the usual one. */
  branch: z.nullable(z.string()),
  startedAt: z.string(),
  lastSeenAt: z.string(),
  /** What it holds, the latest claim first. */
  holds: z.array(Held),
  /** The files that it has edited, the last ones first. */
  files: z.array(Edited),
});
export type LiveSession = z.infer<typeof LiveSession>;

/** Who works on a list now. */
export const WhoAnswer = z.object({
  /** How many sessions are live; the first of them follow, those seen last first. */
  total: z.int(),
  sessions: z.array(LiveSession),
  /** Whether there were too many edits to look at all: sessions may have edited more files. */
  filesAreCut: z.boolean(),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type WhoAnswer = z.infer<typeof WhoAnswer>;
