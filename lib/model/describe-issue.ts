import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/**
 * Says what is wrong with a value and where: `title is empty`, `subtask 2 priority must be one of
 * 0, 1`. Zod without a locale, which would weigh too much, says only "Invalid input".
 */
export function describeIssue(issue: Issue | undefined): string {
  if (issue === undefined) return 'is not valid';
  const path = pathText(issue.path);
  return path === '' ? reasonOf(issue) : `${path} ${reasonOf(issue)}`;
}

/** Writes a path for people: lists count from 1. Which of a step's needs it is, its value says. */
function pathText(path: Issue['path']): string {
  return path
    .map((step) => (typeof step === 'number' ? String(step + 1) : String(step)))
    .join(' ')
    .replace(/\bsubtasks(?= \d)/g, 'subtask')
    .replace(/ needs \d+$/, ' needs');
}

function reasonOf(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return `has an unknown field: ${issue.keys.join(', ')}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${article(issue.expected)}`;
    case 'invalid_union':
      return wasDefault(issue) ? unionReason(issue) : issue.message;
    case 'too_small':
      return wasDefault(issue) ? tooSmall(issue) : issue.message;
    case 'too_big':
      return wasDefault(issue) ? tooBig(issue) : issue.message;
    default:
      return wasDefault(issue) ? 'is not valid' : issue.message;
  }
}

/** Says what is wrong in the one form that the value has, or else which forms it may have. */
function unionReason({ errors }: z.core.$ZodIssueInvalidUnion): string {
  const issues = errors.flat();
  const inside = issues.find(({ path }) => path.length > 0);
  if (inside !== undefined) return describeIssue(inside);
  const values = issues.flatMap(valuesOf);
  if (values.length > 0) return `must be one of ${values.join(', ')}`;
  const types = issues.flatMap((each) =>
    each.code === 'invalid_type' ? [article(each.expected)] : [],
  );
  if (types.length === 0) return 'is not valid';
  return `must be ${[...new Set(types)].join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
}

function tooSmall({ origin, minimum, inclusive = true }: z.core.$ZodIssueTooSmall): string {
  const unit = units[origin];
  if (unit === undefined) return `must be ${inclusive ? 'at least' : 'more than'} ${minimum}`;
  return Number(minimum) === 1 ? 'is empty' : `must have at least ${counted(minimum, unit)}`;
}

function tooBig({ origin, maximum, inclusive = true }: z.core.$ZodIssueTooBig): string {
  const unit = units[origin];
  if (unit === undefined) return `must be ${inclusive ? 'at most' : 'less than'} ${maximum}`;
  return `must have at most ${counted(maximum, unit)}`;
}

/** The words for what the length of a value counts; a number has none. */
const units: Readonly<Record<string, string>> = { string: 'character', array: 'item' };

function counted(count: number | bigint, unit: string): string {
  return `${count} ${unit}${Number(count) === 1 ? '' : 's'}`;
}

function wasDefault({ message }: Issue): boolean {
  return message === 'Invalid input';
}

function valuesOf(issue: Issue): readonly string[] {
  return issue.code === 'invalid_value' ? issue.values.map(String) : [];
}

function article(type: string): string {
  const expected = type === 'record' ? 'object' : type;
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}
