import type { SearchAnswer } from '../../model/answers/search.ts';
import type { OutputStyle } from '../text/style.ts';
import { renderTaskLines } from './list.ts';

/** The matches, one line each, and what was left out of them and of the search. */
export function renderSearch(
  { tasks, total, lookedAt, isCut, at }: SearchAnswer,
  {
    session,
    style,
    command,
  }: {
    readonly session: string;
    readonly style: OutputStyle;
    /** The search as it was asked for, to be asked again with other flags. */
    readonly command: string;
  },
): string {
  const left = total - tasks.length;
  return [
    ...(total === 0 ? ['No task has all of these words.'] : []),
    ...renderTaskLines(tasks, { session, at }, style),
    ...(left > 0 ? [`+${left} more: ${command} --limit ${Math.min(total, 10_000)}`] : []),
    ...(isCut ? [`Only the newest ${lookedAt} tasks were looked at; all: ${command} --deep`] : []),
  ].join('\n');
}
