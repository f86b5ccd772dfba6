import type { TaskList, TaskView } from '../model/output.ts';
import type { Reader } from './claim.ts';
import type { OutputStyle } from './style.ts';
import { renderTaskLines } from './task-lines.ts';

/** A list with a last line that says what it leaves out, and how to see that. */
export function renderTaskList(list: TaskList, { session, style, empty, more }: ListFrame): string {
  if (list.tasks.length === 0 && list.total === 0) return empty;
  const reader: Reader = { session, at: list.at };
  const left = list.total - list.tasks.length;
  const atLeast = list.total >= list.totalLimit ? '+' : '';
  return [
    ...renderTaskLines(groupByParent(list.tasks), reader, style),
    ...(left > 0 ? [`+${left}${atLeast} more: ${more}`] : []),
  ].join('\n');
}

/** Subtasks under their container, where both are shown; everything else as it comes. */
function groupByParent(tasks: readonly TaskView[]): readonly TaskView[] {
  const keys = new Set(tasks.map(({ key }) => key));
  const children = new Map<string, TaskView[]>();
  for (const task of tasks) {
    if (task.parent !== null && keys.has(task.parent)) {
      children.set(task.parent, [...(children.get(task.parent) ?? []), task]);
    }
  }
  function withChildren(task: TaskView): readonly TaskView[] {
    const own = [...(children.get(task.key) ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
    return [task, ...own.flatMap(withChildren)];
  }
  return tasks.filter(({ parent }) => parent === null || !keys.has(parent)).flatMap(withChildren);
}

export interface ListFrame {
  readonly session: string;
  readonly style: OutputStyle;
  /** What to say when nothing matches. */
  readonly empty: string;
  /** The command that shows the rest. */
  readonly more: string;
}
