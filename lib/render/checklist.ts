import type { TaskView } from '../model/output.ts';
import { marks, statusWords } from './mark.ts';
import { safeLine } from './safe-text.ts';

/** A task with what is below it. */
export interface Branch {
  readonly task: TaskView;
  readonly subtasks: readonly Branch[];
}

/** The subtasks as a Markdown checklist; a task without any stands for itself. */
export function renderChecklist({ task, subtasks }: Branch): string {
  const items = subtasks.length === 0 ? [{ task, subtasks }] : subtasks;
  return ['## Progress', ...items.flatMap((branch) => renderBranch(branch, ''))].join('\n');
}

function renderBranch({ task, subtasks }: Branch, indent: string): readonly string[] {
  const state = stateOf(task);
  const line = `${indent}- ${marks[task.status].sign} ${safeLine(task.title, 500)}`;
  return [
    state === undefined ? line : `${line} (${state})`,
    ...subtasks.flatMap((branch) => renderBranch(branch, `${indent}  `)),
  ];
}

function stateOf(task: TaskView): string | undefined {
  if (task.status === 'pending') return undefined;
  const words = statusWords(task.status);
  if (task.status === 'in_progress') {
    const agent = task.assignedAgent ?? task.claim?.actor;
    return agent === undefined ? words : `${words} - ${safeLine(agent, 60)}`;
  }
  return task.blockedReason === null ? words : `${words}: ${safeLine(task.blockedReason, 120)}`;
}
