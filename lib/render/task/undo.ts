import type { UndoAnswer } from '../../model/answers/undo.ts';
import { renderAgo } from '../text/age.ts';
import { renderHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';
import { renderFollowing } from './answer.ts';
import { renderTaskLines } from './list.ts';

/** So many tasks are shown as they stand again. */
const shown = 10;

/** Tells which verb was undone, and how its tasks stand again. */
export function renderUndo(
  answer: UndoAnswer,
  { session, style }: { readonly session: string; readonly style: OutputStyle },
): string {
  const { task, others, undone, at } = answer;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const what = `${safeLine(undone.verb, 40)} ${renderKey(task.key)}${more}`;
  const left = others.length + 1 - shown;
  return [
    `Undone: ${what}, ${renderAgo(undone.createdAt, at)}`,
    ...renderTaskLines([task, ...others].slice(0, shown), { session, at }, style),
    ...renderFollowing(answer),
    ...(left > 0 ? [`+${left} more`, renderHint('docket list --all', style)] : []),
  ].join('\n');
}
