import {
  type Fields,
  type ForeignList,
  type ForeignTask,
  priorityOf,
  statusOf,
  textOf,
  textsOf,
  timeOf,
  without,
} from './foreign-task.ts';

/** A file of a folder: its path there, its front matter, and what is below that. */
export interface BacklogFile {
  readonly path: string;
  /** Undefined where it has none. */
  readonly fields: Fields | undefined;
  readonly body: string;
}

const placed = [
  ...['id', 'title', 'status', 'priority', 'labels', 'dependencies', 'parent_task_id'],
  ...['parent', 'created_date', 'updated_date', 'due_date'],
];
const sign = /^<!-- (?:SECTION|AC|DOD):.*-->\s*$/;

/** Reads the tasks of Backlog.md: a file each, with front matter. */
export function readBacklog(files: readonly BacklogFile[]): ForeignList {
  const tasks = files.flatMap((file) => {
    const { fields } = file;
    return fields === undefined || textOf(fields.id) === undefined ? [] : [toTask(file, fields)];
  });
  const others = files.length - tasks.length;
  return {
    tasks,
    remarks:
      others > 0 ? [`${others} files are no tasks: they have no front matter with an id`] : [],
  };
}

function toTask({ path, body }: BacklogFile, fields: Fields): ForeignTask {
  const id = idOf(fields.id);
  const isArchived = /(?:^|\/)archive\//.test(path);
  const state = statusOf(fields.status);
  const text = body
    .split(/\r?\n/)
    .filter((line) => !sign.test(line))
    .join('\n')
    .trim();
  const parent = textOf(fields.parent_task_id) ?? textOf(fields.parent);
  return {
    id,
    title: textOf(fields.title) ?? id,
    description: text === '' ? undefined : text,
    ...state,
    ...(isArchived && state.status !== 'completed' ? { status: 'cancelled' } : {}),
    priority: priorityOf(fields.priority),
    labels: textsOf(fields.labels),
    due: timeOf(dateOf(fields.due_date)),
    createdAt: timeOf(dateOf(fields.created_date)),
    parent: parent === undefined ? undefined : idOf(parent),
    links: textsOf(fields.dependencies).map((to) => ({ to: idOf(to), type: 'blocks' as const })),
    rest: {
      ...without(fields, placed),
      status: fields.status,
      ...(fields.updated_date === undefined ? {} : { updated_date: fields.updated_date }),
    },
  };
}

/** Ids are written in any case: `task-17`, `TASK-17`. */
function idOf(value: unknown): string {
  return (textOf(value) ?? '').trim().toLowerCase();
}

/** A date is a text, with or without a time, or what YAML makes of one. */
function dateOf(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return textOf(value)?.replace(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?::\d\d)?$/, '$1T$2:00Z');
}
