import * as z from 'zod/mini';
import { Complexity, TaskType } from '../task/task.ts';

/** Minutes to a tenth: the median, and what nine of ten do not exceed. */
export const Measure = z.object({
  count: z.int(),
  medianMinutes: z.number(),
  p90Minutes: z.number(),
});
export type Measure = z.infer<typeof Measure>;

/** Null where nothing could be measured. */
const Times = {
  /** Completed tasks. */
  tasks: z.int(),
  /** From the first start to the completion. */
  cycle: z.nullable(Measure),
  /** Time in which somebody worked on it. */
  active: z.nullable(Measure),
};

const WeekCount = z.object({
  /** The beginning of its Monday in the time zone of the answer, UTC. */
  week: z.string(),
  completed: z.int(),
  /** There may be more: counting stops at a limit. */
  isAtLeast: z.boolean(),
});
export type WeekCount = z.infer<typeof WeekCount>;

const AgentStats = z.object({
  /** Empty: nobody said who it was. */
  agent: z.string(),
  ...Times,
  /** How often its work was judged, and how often it was approved. */
  judged: z.int(),
  approved: z.int(),
});
export type AgentStats = z.infer<typeof AgentStats>;

const EstimateStats = z.object({
  complexity: z.nullable(Complexity),
  count: z.int(),
  /** Active minutes by estimated ones: above 1 it took longer. */
  medianRatio: z.number(),
});
export type EstimateStats = z.infer<typeof EstimateStats>;

const BlockedStats = z.object({
  /** How often a task was blocked, and how many still are. */
  count: z.int(),
  open: z.int(),
  times: z.nullable(Measure),
  totalMinutes: z.number(),
  /** The reasons that took longest in all. */
  reasons: z.array(z.object({ reason: z.string(), count: z.int(), totalMinutes: z.number() })),
  /** How many other reasons there are. */
  otherReasons: z.int(),
});
export type BlockedStats = z.infer<typeof BlockedStats>;

const ReviewStats = z.object({
  judged: z.int(),
  approved: z.int(),
  /** Counts only the first review of each task. */
  judgedFirst: z.int(),
  approvedFirst: z.int(),
  /** Reviews that a task took; null where there was none. */
  rounds: z.nullable(z.object({ tasks: z.int(), median: z.number(), p90: z.int(), most: z.int() })),
});
export type ReviewStats = z.infer<typeof ReviewStats>;

const SampleSize = z.object({ count: z.int(), isCut: z.boolean() });

export const StatsAnswer = z.object({
  /** The beginning of the measured time. */
  from: z.string(),
  /** The IANA time zone in which weeks begin. */
  timeZone: z.string(),
  type: z.nullable(TaskType),
  agent: z.nullable(z.string()),
  /** Slugs; null: of any, empty: only what is for no client and of no project. */
  client: z.nullable(z.string()),
  project: z.nullable(z.string()),
  throughput: z.array(WeekCount),
  all: z.object(Times),
  byType: z.array(z.object({ type: TaskType, ...Times })),
  byAgent: z.array(AgentStats),
  /** By slug; null: of those without a client, or without a project. */
  byClient: z.array(z.object({ client: z.nullable(z.string()), ...Times })),
  byProject: z.array(z.object({ project: z.nullable(z.string()), ...Times })),
  estimates: z.array(EstimateStats),
  blocked: BlockedStats,
  reviews: ReviewStats,
  /** The samples behind the measures: the newest, up to a limit. */
  samples: z.object({ limit: z.int(), tasks: SampleSize, runs: SampleSize, blocks: SampleSize }),
  /** When this was read, by the database's clock. */
  at: z.string(),
});
export type StatsAnswer = z.infer<typeof StatsAnswer>;
