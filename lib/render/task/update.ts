import type { TaskView } from '../../model/answers/task.ts';
import type { UpdateAnswer } from '../../model/answers/update.ts';
import { pastBlocksOf } from '../../model/task/past-blocks.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { renderParentReleased, renderTaskAnswer } from './answer.ts';

/** Tells what an update did, and first where it moved the task: `Moved web-k3f9 -> web-a3b2.4`. */
export function renderUpdate(verb: string, answer: UpdateAnswer): string {
  const { task, moved } = answer;
  const done = [renderTaskAnswer(verb, answer), ...unsettledLines(verb, task)].join('\n');
  if (moved === null) return done;
  const below = moved.below === 0 ? '' : `, with ${moved.below} below it`;
  const line = `Moved ${renderKey(moved.from)} -> ${renderKey(task.key)}  ${safeLine(task.title, 500)}`;
  // The task's own line says nothing more where only its place has changed.
  const rest = verb === 'Updated' ? done.split('\n').slice(1) : [done];
  return [
    `${line}${below}`,
    ...renderParentReleased(task.parent ?? '', moved.parentReleased),
    ...rest,
  ].join('\n');
}

/** Says how to tell how a block was settled, which a status has no words for. */
function unsettledLines(verb: string, { key, context }: TaskView): readonly string[] {
  const last = pastBlocksOf(context).at(-1);
  if (verb === 'Updated' || last === undefined || last.resolution !== null) return [];
  const name = renderKey(key);
  const words = `docket note ${name} TEXT says it now, docket unblock ${name} --resolution TEXT another time`;
  return [`Nobody said how its block was settled: ${words}`];
}
