import type { TaskList } from '../model/output.ts';
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
    ...renderTaskLines(list.tasks, reader, style),
    ...(left > 0 ? [`+${left}${atLeast} more: ${more}`] : []),
  ].join('\n');
}

export interface ListFrame {
  readonly session: string;
  readonly style: OutputStyle;
  /** What to say when nothing matches. */
  readonly empty: string;
  /** The command that shows the rest. */
  readonly more: string;
}
