import type { BlockedStats, ReviewStats } from '../answers/stats.ts';
import { median, percentile } from '../quantile.ts';
import { foldText } from '../task/search.ts';
import { measure, toMinutes } from './measure-tasks.ts';
import type { BlockSample, RunSample } from './samples.ts';

/** Reasons that are named; the others are counted. */
const reasonsNamed = 5;

/** Measures how long tasks were blocked, and for what; a task that still is counts until `at`. */
export function measureBlocks(blocks: readonly BlockSample[], at: string): BlockedStats {
  const lengths = blocks.map(({ startedAt, endedAt }) =>
    Math.max(0, Date.parse(endedAt ?? at) - Date.parse(startedAt)),
  );
  const reasons = new Map<string, { reason: string; count: number; total: number }>();
  for (const [index, { reason }] of blocks.entries()) {
    const key = foldText(reason).trim().replace(/\s+/gu, ' ');
    const group = reasons.get(key) ?? { reason, count: 0, total: 0 };
    group.count += 1;
    group.total += lengths[index] ?? 0;
    reasons.set(key, group);
  }
  const longest = [...reasons.values()].sort((a, b) => b.total - a.total || b.count - a.count);
  return {
    count: blocks.length,
    open: blocks.filter(({ endedAt }) => endedAt === null).length,
    times: measure(lengths),
    totalMinutes: toMinutes(sum(lengths)),
    reasons: longest.slice(0, reasonsNamed).map(({ reason, count, total }) => ({
      reason,
      count,
      totalMinutes: toMinutes(total),
    })),
    otherReasons: Math.max(0, longest.length - reasonsNamed),
  };
}

/** Measures how often work passed its reviews, and how many reviews it took. */
export function measureReviews(runs: readonly RunSample[]): ReviewStats {
  const reviews = runs.filter(({ role, verdict }) => role === 'review' && verdict !== null);
  const first = reviews.filter(({ cycle }) => cycle === 1);
  const byTask = new Map<string, number>();
  for (const { taskId } of reviews) byTask.set(taskId, (byTask.get(taskId) ?? 0) + 1);
  const rounds = [...byTask.values()];
  const [middle, most] = [median(rounds), percentile(rounds, 90)];
  return {
    judged: reviews.length,
    approved: reviews.filter(isApproval).length,
    judgedFirst: first.length,
    approvedFirst: first.filter(isApproval).length,
    rounds:
      middle === undefined || most === undefined
        ? null
        : {
            tasks: rounds.length,
            median: middle,
            p90: most,
            most: rounds.reduce((highest, each) => Math.max(highest, each), 0),
          },
  };
}

function isApproval({ verdict }: RunSample): boolean {
  return verdict === 'approved';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
