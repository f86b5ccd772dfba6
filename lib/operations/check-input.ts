import type * as z from 'zod/mini';
import type { OpenList } from '../access/list-context.ts';
import { describeIssue } from '../model/describe-issue.ts';
import { DocketError } from '../model/errors.ts';
import type { Operation, Watch } from './operation.ts';

/** The words of a front door for an input and its fields, for messages about a wrong one. */
export interface InputWords {
  /** The beginning of a message: `task:`; the operation's name by default. */
  readonly what?: string;
  /** Takes the place of `what` and the field's name: `--outcome` for `outcome`. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly hint?: string;
}

/**
 * Checks an input against its operation's schema; the error names the first wrong field.
 *
 * @throws DocketError `invalid_input`
 */
export async function checkInput<Input>(
  operation: Operation<Input, unknown>,
  input: unknown,
  { what = `${operation.name}:`, fields = {}, hint }: InputWords = {},
): Promise<Input> {
  const schema = await operation.input();
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new DocketError('invalid_input', describe(issue, { what, fields }), { hint });
}

function describe(
  issue: z.core.$ZodIssue | undefined,
  { what, fields }: Required<Pick<InputWords, 'what' | 'fields'>>,
): string {
  const [field = '', ...below] = issue?.path ?? [];
  const word = fields[String(field)];
  if (issue === undefined || word === undefined) return `${what} ${describeIssue(issue)}`;
  // A flag that may be repeated gives one item of a list.
  const path = typeof below[0] === 'number' ? below.slice(1) : below;
  return `${word} ${describeIssue({ ...issue, path })}`;
}

/** Runs an operation with an input of unknown origin, which it checks. @throws DocketError */
export async function callOperation<Input, Answer>(
  operation: Operation<Input, Answer>,
  list: OpenList,
  { input, watch, words }: { input: unknown; watch?: Watch; words?: InputWords },
): Promise<Answer> {
  return operation.run(list, await checkInput(operation, input, words), watch);
}
