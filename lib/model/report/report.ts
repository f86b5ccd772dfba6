import * as z from 'zod/mini';
import { DocketError } from '../errors.ts';
import { findByWord } from '../known-word.ts';
import { codePoints, limits } from '../limits.ts';
import { plainJson } from '../plain-json.ts';
import { verdicts } from '../run/run.ts';
import { Minutes, Outcome, parseInput, Title } from '../task/input.ts';
import { betweenReasons } from '../task/past-blocks.ts';
import type { TaskType } from '../task/task.ts';
import { isVisible } from '../visible.ts';
import { type AskedField, commonFields, type FieldType, fields, fieldsOfType } from './fields.ts';
import { tidyReport } from './tidy.ts';

export const ReportStatus = z.enum(['completed', 'blocked', 'failed', 'needs_review']);
export type ReportStatus = z.infer<typeof ReportStatus>;

/** Each item is a row of its own, written in the one transaction of the report. */
const notTooMany = z.maxLength(limits.reportItems, {
  error: `has more than ${limits.reportItems} items`,
});

/** A lasting fact about whom or what the task is for. */
export const ReportedInsight = z.union([
  z.string(),
  z.object({
    text: z.string(),
    about: z.optional(z.enum(['client', 'project', 'infrastructure'])),
    /** Name of the client, project or infrastructure; else the task's own is meant. */
    subject: z.optional(z.string()),
  }),
]);
export type ReportedInsight = z.infer<typeof ReportedInsight>;

const texts = z.array(z.string());
const object = z.record(z.string(), z.unknown());

const schemas = {
  status: ReportStatus,
  outcome: z.optional(Outcome),
  text: z.optional(z.string()),
  texts: z.optional(texts),
  textOrTexts: z.optional(z.union([z.string(), texts])),
  measure: z.optional(z.union([z.string(), z.number(), object])),
  flag: z.optional(z.boolean()),
  minutes: z.optional(Minutes),
  verdict: z.optional(z.enum(verdicts)),
  /** One sentence, a list of them, or a document of the agent's own shape. */
  details: z.optional(z.union([z.string(), z.array(z.unknown()), object])),
  /** Sentences, or objects that say more: file, line, severity ... */
  entries: z.optional(z.array(z.union([z.string(), object]))),
  insights: z.optional(z.array(ReportedInsight).check(notTooMany)),
  titles: z.optional(z.array(Title).check(notTooMany)),
} as const satisfies Readonly<Record<FieldType, z.ZodMiniType>>;

type Shape<Name extends AskedField> = {
  readonly [Field in Name]: (typeof schemas)[(typeof fields)[Field]['type']];
};

function shapeOf<Name extends AskedField>(names: readonly Name[]): Shape<Name> {
  const shape = names.map((name) => [name, schemas[fields[name].type]]);
  return Object.fromEntries(shape) as Shape<Name>;
}

/**
 * An agent's report on its run. Names are the seed's; a report keeps names that docket does not
 * know.
 */
export const Report = z.looseObject(shapeOf(commonFields));
export type Report = z.infer<typeof Report>;

/**
 * Gives the schema of reports on a task type, which has more fields than the common ones. A type of
 * a newer docket has the common ones alone.
 */
export function reportSchema(type: TaskType) {
  return z.extend(Report, shapeOf(findByWord(fieldsOfType, type) ?? []));
}

/** The facts that a report is checked by; a newer docket may have other types. */
const ReportOptions = z.object({ type: z.string(), isReview: z.boolean() });

/**
 * Parses an agent's report.
 *
 * @throws DocketError `invalid_input` with what is wrong; a review that is completed must approve or
 * reject, and what is blocked must say by what.
 */
export function parseReport(
  value: unknown,
  options: { readonly type: TaskType; readonly isReview: boolean },
): Report {
  const { isReview } = parseInput(ReportOptions, options ?? {}, { what: 'parseReport:' });
  const plain = tidyReport(plainJson(value, 'report:'));
  const report = parseInput(reportSchema(options.type), plain, { what: 'report:', hint }) as Report;
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

/** Gives the reason of a blocked task as one line; empty when the report names none. */
export function blockedReason({ blockers = [], outcome = '' }: Report): string {
  const reasons = blockers.map((text) => text.trim()).filter(isVisible);
  const reason = (reasons.length > 0 ? reasons.join(betweenReasons) : outcome.trim()).replaceAll(
    '\0',
    '',
  );
  const points = [...reason];
  return points.length <= limits.reason ? reason : points.slice(0, limits.reason).join('');
}

/** The hint for a report that cannot be read. */
const hint = 'docket report --help shows the fields';

function wrong(reason: string): DocketError {
  return new DocketError('invalid_input', `report: ${reason}`, { hint });
}
