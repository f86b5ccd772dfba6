import {
  type Fields,
  type ForeignList,
  type ForeignTask,
  isFields,
  listOf,
  priorityOf,
  statusOf,
  textOf,
  timeOf,
  without,
} from './foreign-task.ts';
import { parseDocument, wrongDocument } from './parse-document.ts';

const placed = [
  ...['id', 'title', 'description', 'status', 'priority', 'dependencies', 'subtasks', 'details'],
  ...['testStrategy', 'createdAt'],
];

/**
 * Reads task-master's tasks.json: of one list, or of several by their tags.
 *
 * @throws DocketError `invalid_input`
 */
export function readTaskMaster(text: string): ForeignList {
  const document = parseDocument(text);
  if (Array.isArray(document)) return { tasks: tasksOf(document, ''), remarks: [] };
  if (!isFields(document)) throw wrongDocument('has no tasks');
  if (Array.isArray(document.tasks)) return { tasks: tasksOf(document.tasks, ''), remarks: [] };
  const tags = Object.entries(document).filter(
    (entry): entry is [string, Fields] => isFields(entry[1]) && Array.isArray(entry[1].tasks),
  );
  if (tags.length === 0) throw wrongDocument('has no tasks');
  return {
    tasks: tags.flatMap(([tag, { tasks }]) =>
      tasksOf(listOf(tasks), tags.length === 1 ? '' : `${tag}/`, tags.length === 1 ? [] : [tag]),
    ),
    remarks: tags.length === 1 ? [] : [`${tags.length} tags were read; each is a label now`],
  };
}

function tasksOf(
  list: readonly unknown[],
  prefix: string,
  labels: readonly string[] = [],
): readonly ForeignTask[] {
  return list.filter(isFields).flatMap((task) => toTasks(task, { prefix, labels }));
}

interface Above {
  /** Stands before every id of the list. */
  readonly prefix: string;
  readonly labels: readonly string[];
  /** The id of the task above, as the file has it. */
  readonly parent?: string;
}

/** Reads a task with everything below it. */
function toTasks(task: Fields, { prefix, labels, parent }: Above): readonly ForeignTask[] {
  const own = textOf(task.id) ?? textOf(task.title) ?? '?';
  const id = parent === undefined ? own : `${parent}.${own}`;
  const details = textOf(task.details);
  const strategy = textOf(task.testStrategy);
  const description = [
    textOf(task.description),
    details,
    strategy === undefined ? undefined : `Test strategy: ${strategy}`,
  ].filter((part) => part !== undefined);
  const foreign: ForeignTask = {
    id: `${prefix}${id}`,
    title: textOf(task.title) ?? textOf(task.description) ?? id,
    description: description.join('\n\n') || undefined,
    ...statusOf(task.status),
    priority: priorityOf(task.priority),
    labels,
    createdAt: timeOf(task.createdAt),
    parent: parent === undefined ? undefined : `${prefix}${parent}`,
    links: listOf(task.dependencies).flatMap((each) => {
      const named = textOf(each);
      if (named === undefined) return [];
      // Among subtasks a plain number is one beside it.
      const to = parent !== undefined && !named.includes('.') ? `${parent}.${named}` : named;
      return [{ to: `${prefix}${to}`, type: 'blocks' as const }];
    }),
    rest: {
      ...without(task, placed),
      ...(task.status === undefined ? {} : { status: task.status }),
    },
  };
  const below = listOf(task.subtasks).filter(isFields);
  return [foreign, ...below.flatMap((each) => toTasks(each, { prefix, labels, parent: id }))];
}
