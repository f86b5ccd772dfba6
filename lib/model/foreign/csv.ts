import { DocketError } from '../errors.ts';
import {
  type ForeignList,
  type ForeignTask,
  priorityOf,
  statusOf,
  textOf,
  textsOf,
  timeOf,
  typeOf,
} from './foreign-task.ts';
import { wrongDocument } from './parse-document.ts';
import { unique } from './todo-txt.ts';

/** The columns that docket has a place for, by the names that trackers give them. */
const names: Readonly<Record<string, readonly string[]>> = {
  id: ['key', 'id', 'issue key', 'issue id', 'number'],
  title: ['title', 'summary', 'name', 'subject', 'task'],
  description: ['description', 'body', 'notes'],
  status: ['status', 'state'],
  priority: ['priority'],
  type: ['type', 'issue type', 'task_type'],
  labels: ['labels', 'label', 'tags'],
  due: ['due', 'due date', 'due_date'],
  created: ['created', 'created_at', 'createdat', 'created at'],
  completed: ['resolved', 'completed', 'completed_at', 'closed', 'closed_at', 'closed at'],
  parent: ['parent', 'parent id', 'parent key', 'parent_id'],
  needs: ['needs', 'depends on', 'blocked by', 'dependencies', 'inward issue link (blocks)'],
  outcome: ['outcome', 'resolution'],
};

/**
 * Reads a table as RFC 4180 has it, with the names of its columns in the first row. A column that
 * comes several times, as Jira writes labels, is a list.
 *
 * @throws DocketError `invalid_input`
 */
export function readCsv(text: string): ForeignList {
  const [head = [], ...rows] = parseCsv(text.replace(/^\ufeff/, ''));
  const columns = head.map((name) => name.trim().toLowerCase());
  const places = Object.fromEntries(
    Object.entries(names).map(([field, spellings]) => [
      field,
      spellings.flatMap((name) => columns.flatMap((each, at) => (each === name ? [at] : []))),
    ]),
  );
  if (places.title?.length === 0) {
    throw wrongDocument(`has no column title or summary in its first row: ${head.join(', ')}`);
  }
  const seen = new Map<string, number>();
  const placed = new Set(Object.values(places).flat());
  return {
    tasks: rows
      .filter((row) => row.some((cell) => cell.trim() !== ''))
      .map((row) => toTask(row, { head, places, placed, seen })),
    remarks: [],
  };
}

interface Table {
  readonly head: readonly string[];
  readonly places: Readonly<Record<string, readonly number[]>>;
  readonly placed: ReadonlySet<number>;
  readonly seen: Map<string, number>;
}

function toTask(row: readonly string[], { head, places, placed, seen }: Table): ForeignTask {
  const cells = (field: string) => (places[field] ?? []).map((at) => plain(row[at] ?? ''));
  const cell = (field: string) => cells(field).find((value) => value.trim() !== '');
  const title = cell('title') ?? '';
  const rest = Object.fromEntries(
    head
      .map((name, at) => [name, plain(row[at] ?? ''), at] as const)
      .filter(([, value, at]) => !placed.has(at) && value !== '')
      .map(([name, value]) => [name, value]),
  );
  return {
    id: cell('id') ?? unique(title, seen),
    title,
    description: cell('description'),
    ...statusOf(cell('status')),
    type: typeOf(cell('type')),
    priority: priorityOf(cell('priority')),
    labels: cells('labels').flatMap((value) => textsOf(value)),
    due: cell('due'),
    createdAt: timeOf(cell('created')),
    completedAt: timeOf(cell('completed')),
    outcome: textOf(cell('outcome')),
    parent: cell('parent'),
    links: cells('needs')
      .flatMap((value) => textsOf(value))
      .map((to) => ({ to, type: 'blocks' as const })),
    rest: { ...rest, ...(cell('status') === undefined ? {} : { status: cell('status') }) },
  };
}

/** Takes the apostrophe away that keeps a spreadsheet from reading a text as a formula. */
function plain(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}

/** Parses rows of cells. @throws DocketError `invalid_input` for a quote that does not end */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|((?!")[^,\r\n]*))(,|\r?\n|\r|$)/y;
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const start = cell.lastIndex;
    const [, quoted, bare = '', end = ''] = cell.exec(text) ?? [];
    if (quoted === undefined && cell.lastIndex <= start) {
      throw new DocketError(
        'invalid_input',
        `row ${rows.length + 1} has a quote that does not end`,
      );
    }
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      rows.push(row);
      row = [];
    } else if (cell.lastIndex >= text.length) {
      rows.push([...row, '']);
      row = [];
    }
  }
  return rows;
}
