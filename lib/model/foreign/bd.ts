import { DocketError } from '../errors.ts';
import {
  type Fields,
  type ForeignLink,
  type ForeignList,
  type ForeignTask,
  isFields,
  listOf,
  priorityOf,
  statusOf,
  textOf,
  textsOf,
  timeOf,
  typeOf,
  without,
} from './foreign-task.ts';

/** The fields of an issue of bd that docket has a place for; the others are kept beside. */
const placed = [
  ...['_type', 'id', 'title', 'description', 'priority', 'estimated_minutes', 'created_at'],
  ...['started_at', 'closed_at', 'close_reason', 'due_at', 'defer_until', 'labels', 'dependencies'],
  ...['comments', 'parent', 'status', 'issue_type', 'updated_at', 'dependency_count'],
  ...['dependent_count', 'comment_count', 'notes'],
];

/**
 * Reads the JSONL that bd exports: an issue a line.
 *
 * @throws DocketError `invalid_input` with the line that is no JSON
 */
export function readBd(text: string): ForeignList {
  return toForeignList(issuesOf(text));
}

function* issuesOf(text: string): Generator<Fields> {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const issue = parseLine(line, index + 1);
    if (!('_schema' in issue)) yield { ...issue, id: textOf(issue.id) ?? `line ${index + 1}` };
  }
}

/** Makes a list of issues that have the fields of bd's JSONL. */
export function toForeignList(issues: Iterable<Fields>): ForeignList {
  const tasks: ForeignTask[] = [];
  const skipped = { tombstones: 0, others: 0 };
  for (const issue of issues) {
    if (issue.status === 'tombstone') skipped.tombstones += 1;
    else if ((issue._type ?? 'issue') !== 'issue' || textOf(issue.title) === undefined) {
      skipped.others += 1;
    } else tasks.push(toTask(issue));
  }
  const remarks = [
    ...(skipped.tombstones > 0 ? [`${skipped.tombstones} deleted issues were left out`] : []),
    ...(skipped.others > 0 ? [`${skipped.others} lines are no issues: memories, or no title`] : []),
  ];
  return { tasks, remarks };
}

function parseLine(line: string, number: number): Fields {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new DocketError('invalid_input', `line ${number} is no JSON`, { cause });
  }
  if (isFields(value)) return value;
  throw new DocketError('invalid_input', `line ${number} is no JSON object`);
}

function toTask(issue: Fields): ForeignTask {
  const dependencies = listOf(issue.dependencies).filter(isFields);
  const parents = dependencies.filter(({ type }) => type === 'parent-child');
  const id = String(issue.id);
  return {
    id,
    title: textOf(issue.title) ?? id,
    description: textOf(issue.description),
    ...statusOf(issue.status ?? 'open'),
    type: typeOf(issue.issue_type),
    priority: priorityOf(issue.priority),
    estimatedMinutes: Number(issue.estimated_minutes) || undefined,
    labels: textsOf(listOf(issue.labels)),
    due: timeOf(issue.due_at),
    notBefore: timeOf(issue.defer_until),
    createdAt: timeOf(issue.created_at),
    startedAt: timeOf(issue.started_at),
    completedAt: timeOf(issue.closed_at),
    outcome: textOf(issue.close_reason),
    parent: textOf(issue.parent) ?? textOf(parents[0]?.depends_on_id),
    links: dependencies.flatMap((dependency) => toLink(dependency)),
    notes: [
      ...(textOf(issue.notes) === undefined ? [] : [{ text: textOf(issue.notes) ?? '' }]),
      ...listOf(issue.comments)
        .filter(isFields)
        .map((comment) => ({
          text: textOf(comment.text) ?? '',
          author: textOf(comment.author),
          at: timeOf(comment.created_at),
        })),
    ],
    rest: {
      ...without(issue, placed),
      status: issue.status ?? 'open',
      issue_type: issue.issue_type ?? 'task',
      ...(issue.updated_at === undefined ? {} : { updated_at: issue.updated_at }),
      ...(textOf(issue.notes) === undefined ? {} : { notes: issue.notes }),
      ...(dependencies.length > 0 ? { dependencies } : {}),
    },
  };
}

/** Reads a dependency; those that only tell of a relation of another kind are kept as they are. */
function toLink({ depends_on_id: to, type }: Fields): readonly ForeignLink[] {
  const target = textOf(to);
  if (target === undefined) return [];
  if (type === undefined || type === 'blocks') return [{ to: target, type: 'blocks' }];
  if (type === 'discovered-from') return [{ to: target, type: 'discovered_from' }];
  if (type === 'related' || type === 'relates-to') return [{ to: target, type: 'related' }];
  return [];
}
