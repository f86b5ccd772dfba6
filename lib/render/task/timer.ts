import type { RunView } from '../../model/answers/run.ts';
import type { StartAnswer, StopAnswer } from '../../model/answers/timer.ts';
import { idleAfter } from '../../model/limits.ts';
import { minutesOf } from '../../model/run/run.ts';
import { renderTime } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { renderDone, renderFollowing } from './answer.ts';

/** Says that the clock runs, and which others stopped for it. */
export function renderStarted({ task, run, stopped, elsewhere }: StartAnswer): readonly string[] {
  const key = renderKey(task.key);
  const isTimed = run?.clock === 'timer';
  return [
    ...stopped.flatMap((other) => [
      `Stopped ${renderKey(other.task)}: ${renderMs(other.activeMs)}`,
      ...forgottenLine(other),
    ]),
    ...elsewhere.map((other) => {
      const otherKey = renderKey(other);
      return `Your clock at ${otherKey}, in another list, runs on: docket stop ${otherKey}`;
    }),
    ...(isTimed ? [`The clock runs since ${renderTime(run.startedAt)}: docket stop ${key}`] : []),
  ];
}

/** Says what a clock came to, with the task's whole time, and how to go on. */
export function renderStopped(answer: StopAnswer): string {
  const { task, run, totalMs, isCorrection } = answer;
  const key = renderKey(task.key);
  const total = totalMs === run.activeMs ? '' : `, ${renderMs(totalMs)} in all`;
  const isOpen = task.status === 'in_progress' && task.claim !== null;
  const next = `; it stays yours: docket start ${key} goes on, docket release ${key} gives it back`;
  return [
    renderDone(isCorrection ? 'Corrected' : 'Stopped', task),
    `${renderMs(run.activeMs)}${total}${isOpen && !isCorrection ? next : ''}`,
    ...forgottenLine(run),
    ...renderFollowing(answer),
  ].join('\n');
}

/** Says of a clock that ran on over night that not all of its time counts, and how to say it. */
function forgottenLine(run: RunView): readonly string[] {
  const spanMs = Date.parse(run.finishedAt ?? run.startedAt) - Date.parse(run.startedAt);
  if (run.clock !== 'timer' || spanMs <= idleAfter.clock) return [];
  const key = renderKey(run.task);
  return [
    `Its clock ran for ${renderMs(spanMs)}, since ${renderTime(run.startedAt)}, as if forgotten: ${renderMs(run.activeMs)} of it counts.`,
    `  try: docket stop ${key} --at 17:30, or docket stop ${key} --minutes N`,
  ];
}

function renderMs(ms: number): string {
  return renderMinutes(minutesOf(ms));
}
