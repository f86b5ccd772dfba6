import * as z from 'zod/mini';
import { describeIssue } from '../describe-issue.ts';
import { DocketError } from '../errors.ts';
import { codePoints, limits } from '../limits.ts';
import { isVisible } from '../visible.ts';
import { momentHint, readMoment } from './moment.ts';
import { Complexity, Priority, TaskType } from './task.ts';

/** Refuses text with more characters than this. */
export function atMost(limit: number) {
  return z.refine<string>((text) => codePoints(text) <= limit, {
    error: (issue) =>
      `has ${codePoints(String(issue.input))} characters; at most ${limit} are allowed`,
  });
}

/**
 * Refuses NUL: SQLite's length() ends at one, C programs' strings do, and no person writes one.
 */
export const withoutNul = z.refine<string>((text) => !text.includes('\0'), {
  error: 'has a NUL character',
});

/** Refuses text of which a reader sees nothing. */
export const visible = [
  z.minLength(1, { error: 'is empty' }),
  z.refine<string>(isVisible, {
    error: ({ input }) =>
      String(input).trim() === '' ? 'is empty' : 'has nothing but invisible characters',
  }),
] as const;

/** A title of one line: trimmed, because MariaDB compares `a ` equal to `a` and Dolt does not. */
export const Title = z
  .string()
  .check(
    z.trim(),
    ...visible,
    z.regex(/^[^\n\r]*$/, { error: 'has more than one line' }),
    withoutNul,
    atMost(limits.title),
  );
export const LongText = z.string().check(withoutNul, atMost(limits.description));

/** Text of a note. */
export const NoteText = z.string().check(...visible, withoutNul, atMost(limits.note));
/** Why a task is blocked or cancelled. */
export const Reason = z.string().check(z.trim(), ...visible, withoutNul, atMost(limits.reason));
/** The result of a completed task. One of which nothing is seen is none. */
export const Outcome = z.string().check(
  z.overwrite((text) => (isVisible(text) ? text : '')),
  withoutNul,
  atMost(limits.outcome),
);
/** The name of an agent that work is for. */
const AgentName = z.string().check(...visible, withoutNul, atMost(limits.agent));
export const Minutes = z.int().check(z.minimum(0), z.maximum(limits.minutes));

/**
 * A task's context: one JSON object with free keys. `report/fields.ts` has those that docket knows.
 */
export const TaskContext = z.record(z.string(), z.unknown());
export type TaskContext = z.infer<typeof TaskContext>;

/** A time that people write in many ways, as ISO 8601 in UTC; '' for none. */
function momentAt(edge: 'start' | 'end') {
  return z.string().check(
    z.overwrite((text) => readMoment(text, edge) ?? text),
    z.refine<string>((text) => readMoment(text, edge) !== undefined, {
      error: ({ input }) => `${JSON.stringify(input)} is no time: ${momentHint}`,
    }),
  );
}

/** A label: one word or a few, in lower case and without its sign, so that `#Bug` and `bug` are one. */
export const Label = z.string().check(
  z.overwrite((text) => text.normalize('NFC').trim().replace(/^#+/, '').trim().toLowerCase()),
  ...visible,
  z.regex(/^[^\p{Cc},]*$/u, { error: 'has a comma or a control character' }),
  atMost(limits.label),
);
const Labels = z.array(Label).check(
  z.maxLength(limits.taskLabels, { error: `are more than ${limits.taskLabels}` }),
  z.overwrite((labels) => [...new Set(labels)]),
);

/** The fields of a new task, with the seed's column names. */
export const TaskInput = z.strictObject({
  title: Title,
  description: z.optional(LongText),
  task_type: z.optional(TaskType),
  priority: z.optional(Priority),
  estimated_complexity: z.optional(Complexity),
  estimated_minutes: z.optional(Minutes),
  assigned_agent: z.optional(AgentName),
  /** When it should be done: `2026-12-01`, `2026-12-01 14:00`, `tomorrow`, `+3d`; null: none. */
  due: z.optional(z.nullable(momentAt('end'))),
  /** The time before which it may not begin, likewise: it is not ready until then. */
  not_before: z.optional(z.nullable(momentAt('start'))),
  labels: z.optional(Labels),
  task_context: z.optional(TaskContext),
  /** Name of its client; null: none. Without it the parent's counts, or the configured one. */
  client: z.optional(z.nullable(z.string())),
  /** Name of its project, likewise. */
  project: z.optional(z.nullable(z.string())),
  /** Names of the infrastructure it is done on. */
  infrastructure: z.optional(z.array(z.string()).check(z.maxLength(limits.taskInfrastructure))),
  billable: z.optional(z.boolean()),
  billable_minutes: z.optional(z.nullable(Minutes)),
});
export type TaskInput = z.infer<typeof TaskInput>;

/** Any of a task's fields, to change them. */
export const TaskFields = z.partial(TaskInput);
export type TaskFields = z.infer<typeof TaskFields>;

/**
 * Parses `value`, naming the first thing that is wrong.
 *
 * @throws DocketError `invalid_input`
 */
export function parseInput<T extends z.core.$ZodType>(
  schema: T,
  value: unknown,
  { what, hint }: { what: string; hint?: string },
): z.output<T> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  const reason = describeIssue(result.error.issues[0]);
  throw new DocketError('invalid_input', `${what} ${reason}`, { hint });
}
