import * as z from 'zod/mini';
import { DocketError } from '../errors.ts';
import { codePoints, limits } from '../limits.ts';
import { plainJson } from '../plain-json.ts';
import { verdicts } from '../run/run.ts';
import { Minutes, Outcome, parseInput, Title } from '../task/input.ts';
import type { TaskType } from '../task/task.ts';
import { reportFields } from './fields.ts';

export const ReportStatus = z.enum(['completed', 'blocked', 'failed', 'needs_review']);
export type ReportStatus = z.infer<typeof ReportStatus>;

const texts = z.array(z.string());
/** A sentence, or an object that says more: file, line, severity ... */
const entries = z.array(z.union([z.string(), z.record(z.string(), z.unknown())]));
/** Each is a row of its own, written in the one transaction of the report. */
const notTooMany = z.maxLength(limits.reportItems, {
  error: `has more than ${limits.reportItems} items`,
});

/** A lasting fact about whom or what the task is for. */
export const ReportedInsight = z.union([
  z.string(),
  z.object({
    text: z.string(),
    about: z.optional(z.enum(['client', 'project', 'infrastructure'])),
    /** Name of that client, project or infrastructure; else the task's own. */
    subject: z.optional(z.string()),
  }),
]);
export type ReportedInsight = z.infer<typeof ReportedInsight>;

/**
 * What an agent says of its run. Names are the seed's; keys that are not known here are kept. Each
 * task type has more of its own (`report-fields.ts`).
 */
export const Report = z.looseObject({
  status: ReportStatus,
  /** What came of it, in a sentence or two. */
  outcome: z.optional(Outcome),
  files_created: z.optional(texts),
  files_modified: z.optional(texts),
  dependencies_added: z.optional(texts),
  /** What keeps it from going on. */
  blockers: z.optional(texts),
  issues_found: z.optional(entries),
  /** Of a review. */
  approval: z.optional(z.enum(verdicts)),
  production_ready: z.optional(z.boolean()),
  billable_minutes: z.optional(Minutes),
  insights: z.optional(z.array(ReportedInsight).check(notTooMany)),
  /** Titles of tasks that are left to do. */
  follow_ups: z.optional(z.array(Title).check(notTooMany)),
});
export type Report = z.infer<typeof Report>;

/** The report of a task type. */
export function reportSchema(type: TaskType) {
  return z.extend(Report, reportFields[type]);
}

/**
 * Parses an agent's report.
 *
 * @throws DocketError `invalid_input` with what is wrong; a review that is completed must approve or
 * reject, and what is blocked must say by what.
 */
export function parseReport(
  value: unknown,
  { type, isReview }: { readonly type: TaskType; readonly isReview: boolean },
): Report {
  const plain = plainJson(value, 'report:');
  const report = parseInput(reportSchema(type), plain, { what: 'report:', hint }) as Report;
  const length = codePoints(JSON.stringify(report));
  if (length > limits.context) {
    throw wrong(`has ${length} characters; at most ${limits.context} are allowed`);
  }
  if (isReview && report.status === 'completed' && report.approval === undefined) {
    throw wrong('a review says approval: "approved" or "rejected"');
  }
  if (report.status === 'blocked' && blockedReason(report) === '') {
    throw wrong('status is blocked, and blockers says nothing');
  }
  return report;
}

/** Why it is blocked, as one line; empty when the report does not say. */
export function blockedReason({ blockers = [], outcome = '' }: Report): string {
  const given = blockers.map((text) => text.trim()).filter((text) => text !== '');
  const reason = (given.length > 0 ? given.join('; ') : outcome.trim()).replaceAll('\0', '');
  const points = [...reason];
  return points.length <= limits.reason ? reason : points.slice(0, limits.reason).join('');
}

/** What helps whoever wrote a report that cannot be read. */
const hint = 'docket report --help shows the fields';

function wrong(reason: string): DocketError {
  return new DocketError('invalid_input', `report: ${reason}`, { hint });
}
