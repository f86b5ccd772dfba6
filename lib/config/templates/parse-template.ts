import * as z from 'zod/mini';
import type { TemplateParameter } from '../../model/answers/template.ts';
import { describeIssue } from '../../model/describe-issue.ts';
import { DocketError } from '../../model/errors.ts';
import { findNearest } from '../../model/nearest.ts';
import { type Checklist, readChecklist } from '../../model/plan/parse-markdown.ts';
import { Plan } from '../../model/plan/plan.ts';
import type { BadFrontMatter, FrontMatter } from './front-matter.ts';
import { placeholdersIn } from './placeholders.ts';
import type { TemplateFile } from './template-files.ts';

/** A template as its file says it, with the places for values still in it. */
export interface Template {
  readonly file: string;
  readonly description: string;
  readonly parameters: readonly TemplateParameter[];
  /** The fields of the plan beside title and steps. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly checklist: Checklist;
  /** Finds the line of a field; undefined for what the checklist says. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** What reads front matter. */
export type ParseFrontMatter = (text: string) => FrontMatter | BadFrontMatter;

const lineOfText = /^[^\p{Cc}\u2028\u2029]*$/u;
const ofOneLine = z
  .string()
  .check(
    z.maxLength(1_000),
    z.regex(lineOfText, { error: 'has more than one line, or a control character' }),
  );
const Parameter = z.strictObject({
  description: z.optional(ofOneLine),
  default: z.optional(ofOneLine),
  required: z.optional(z.boolean()),
  values: z.optional(z.array(ofOneLine).check(z.minLength(1), z.maxLength(100))),
});
const Head = z.looseObject({
  description: z.optional(ofOneLine),
  parameters: z.optional(
    z.record(
      z.string().check(z.regex(/^[A-Za-z][\w-]{0,39}$/, { error: 'is no name of a parameter' })),
      z.nullable(Parameter),
    ),
  ),
});

/** Whether a text is one line without control characters, as values are. */
export function isLineOfText(text: string): boolean {
  return lineOfText.test(text);
}

/** The fields that stand below the front matter instead. */
const below = new Map([
  ['title', '"# Title"'],
  ['subtasks', '"- [ ] item"'],
]);

/**
 * Parses a template: front matter, then a Markdown checklist as `docket plan` reads one.
 *
 * @throws DocketError `invalid_config` with the file, the line and the reason.
 */
export function parseTemplate(
  { file, text }: TemplateFile,
  parseFrontMatter: ParseFrontMatter,
): Template {
  const { head, body } = split(file, text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
  const matter = head === '' ? { value: {}, lineOf: () => 1 } : parseFrontMatter(head);
  if ('problem' in matter) throw atLine(file, matter.line, matter.problem);
  const { description, parameters: given = {}, ...fields } = readHead(file, matter);
  requireKnown(fields, { file, matter });
  const checklist = withFile(file, () => readChecklist(body, { needsTitle: true }));
  const parameters = Object.entries(given).map(([name, parameter]) =>
    readParameter(name, parameter ?? {}, { file, matter }),
  );
  requirePlaces(file, text, parameters);
  return {
    file,
    description: description ?? checklist.title ?? '',
    parameters,
    fields,
    checklist,
    lineOf: (path) => (Object.hasOwn(fields, path[0] ?? '') ? matter.lineOf(path) : undefined),
  };
}

/** Parts a file; the checklist keeps its line numbers. */
function split(file: string, text: string): { readonly head: string; readonly body: string } {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') return { head: '', body: text };
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) throw atLine(file, 1, 'the front matter has no end: a line "---"');
  const head = lines.slice(1, end).join('\n');
  return { head, body: [...lines.slice(0, end + 1).fill(''), ...lines.slice(end + 1)].join('\n') };
}

function readHead(file: string, { value, lineOf }: FrontMatter): z.infer<typeof Head> {
  const result = z.safeParse(Head, value ?? {}, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const line = lineOf([...(issue?.path ?? []), ...unknown]);
  throw atLine(file, line, describeIssue(issue));
}

interface Place {
  readonly file: string;
  readonly matter: FrontMatter;
}

function requireKnown(fields: Readonly<Record<string, unknown>>, { file, matter }: Place): void {
  const known = Object.keys(Plan.shape).filter((name) => !below.has(name));
  for (const name of Object.keys(fields)) {
    if (known.includes(name)) continue;
    const line = matter.lineOf([name]);
    const instead = below.get(name);
    if (instead !== undefined) {
      throw atLine(file, line, `${name} stands below the front matter, as ${instead}`);
    }
    const nearest =
      findNearest(name, [...known, ...below.keys(), 'parameters']) ??
      known.find((each) => each.endsWith(`_${name}`));
    throw atLine(
      file,
      line,
      `there is no field ${name}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`,
    );
  }
}

function readParameter(
  name: string,
  { description = '', default: usual, required, values = [] }: z.infer<typeof Parameter>,
  { file, matter }: Place,
): TemplateParameter {
  const line = matter.lineOf(['parameters', name]);
  if (required && usual !== undefined) {
    throw atLine(file, line, `${name} is required, so it has no default`);
  }
  const given = usual ?? (required === false ? '' : null);
  if (usual !== undefined && values.length > 0 && !values.includes(usual)) {
    throw atLine(file, line, `the default of ${name} is not one of its values`);
  }
  return { name, description, default: given, values };
}

/** Refuses places for values that no parameter gives, all of them together. */
function requirePlaces(file: string, text: string, parameters: readonly TemplateParameter[]): void {
  const names = parameters.map(({ name }) => name);
  const unknown = placeholdersIn(text).filter(({ name }) => !names.includes(name));
  const [first] = unknown;
  if (first === undefined) return;
  const places = unknown.map(({ name, line }) => `line ${line}: {{${name}}}`).slice(0, 10);
  const nearest = findNearest(first.name, names);
  throw new DocketError(
    'invalid_config',
    `${file}: ${places.join(', ')} ${unknown.length === 1 ? 'is no parameter' : 'are no parameters'}`,
    {
      hint:
        nearest === undefined
          ? `Name it in the front matter, under "parameters:"; \\{{${first.name}}} is text`
          : `Did you mean {{${nearest}}}?`,
    },
  );
}

export function atLine(file: string, line: number, reason: string): DocketError {
  return new DocketError('invalid_config', `${file}: line ${line}: ${reason}`, {
    hint: 'docket plan --help shows what a template looks like',
  });
}

/** Tells what is wrong with a plan as what is wrong with its file. */
export function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const message = error.message.replace(/^plan:/, `${file}:`);
    throw new DocketError(error.code, message, { hint: error.hint, cause: error });
  }
}
