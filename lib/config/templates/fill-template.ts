import * as z from 'zod/mini';
import type { TemplateParameter } from '../../model/answers/template.ts';
import { describeIssue } from '../../model/describe-issue.ts';
import { DocketError } from '../../model/errors.ts';
import { codePoints } from '../../model/limits.ts';
import { Plan } from '../../model/plan/plan.ts';
import { shellWord } from '../../model/shell-word.ts';
import { atLine, isLineOfText, type Template } from './parse-template.ts';
import { fillIn } from './placeholders.ts';

export type Values = Readonly<Record<string, string>>;

const longestValue = 1_000;

/**
 * Gives the value of every parameter: the given one, else the default.
 *
 * @throws DocketError `invalid_input` with everything that is wrong, and an example.
 */
export function chooseValues(
  name: string,
  { file, parameters }: Pick<Template, 'file' | 'parameters'>,
  given: Values,
): ReadonlyMap<string, string> {
  const known = new Map(parameters.map((each) => [each.name, each]));
  const problems = [
    ...parameters.filter((each) => chosen(each, given) === undefined).map(missing),
    ...Object.entries(given).flatMap(([each, value]) => problemOf(each, value, known.get(each))),
  ];
  if (problems.length > 0) {
    throw new DocketError('invalid_input', `${file}: ${problems.join('; ')}`, {
      hint: exampleOf(name, parameters),
    });
  }
  return new Map(parameters.map((each) => [each.name, chosen(each, given) ?? '']));
}

function chosen({ name, default: usual }: TemplateParameter, given: Values): string | undefined {
  return (Object.hasOwn(given, name) ? given[name] : undefined) ?? usual ?? undefined;
}

function missing({ name, description }: TemplateParameter): string {
  return `${name} is missing${description === '' ? '' : ` (${description})`}`;
}

function problemOf(
  name: string,
  value: string,
  parameter: TemplateParameter | undefined,
): readonly string[] {
  if (parameter === undefined) return [`there is no parameter ${name}`];
  const { values } = parameter;
  if (values.length > 0 && !values.includes(value)) {
    return [`${name} must be one of ${values.join(', ')}`];
  }
  if (!isLineOfText(value)) return [`${name} has more than one line, or a control character`];
  return codePoints(value) > longestValue
    ? [`${name} has more than ${longestValue} characters`]
    : [];
}

/** Shows a command line that gives what must be given. */
function exampleOf(name: string, parameters: readonly TemplateParameter[]): string {
  const wanted = parameters.filter((each) => each.default === null);
  const shown = wanted.map(
    (each) => `--set ${quoted(`${each.name}=${each.values[0] ?? 'VALUE'}`)}`,
  );
  return ['docket plan --template', name, ...shown].join(' ');
}

function quoted(text: string): string {
  return /^[\w.=-]+$/.test(text) ? text : shellWord(text);
}

/**
 * Makes the plan that a template stands for.
 *
 * @throws DocketError `invalid_config` with the file and what is wrong with the plan.
 */
export function fillTemplate(
  { file, fields, checklist, lineOf }: Template,
  values: ReadonlyMap<string, string>,
): Plan {
  const filled = fillIn({ ...fields, ...checklist }, values);
  const result = z.safeParse(Plan, filled, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const line = lineOf(issue?.path ?? []);
  if (line !== undefined) throw atLine(file, line, describeIssue(issue));
  throw new DocketError('invalid_config', `${file}: ${describeIssue(issue)}`);
}
