import type { RunOutcome } from '../../model/answers/outcome.ts';
import type { TaskView } from '../../model/answers/task.ts';
import type { Hindrance } from '../../model/run/hindrance.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { statusWords } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';
import { renderActor } from '../text/who.ts';
import { type Span, wrapSpans } from '../text/wrap.ts';
import { hindranceWords } from './progress-line.ts';

/** Tells how a run of a plan ended, and what there is to do. */
export function renderRunOutcome(outcome: RunOutcome, style: OutputStyle): string {
  const lines = linesOf(outcome).flatMap((spans) => wrapSpans(spans, { style, hang: 4 }));
  return lines.join('\n');
}

function linesOf({ status, task, open, hindrance }: RunOutcome): readonly (readonly Span[])[] {
  const key = renderKey(task.key);
  const name = { text: ` ${key}  ${safeLine(task.title, 500)}` };
  if (status === 'completed') {
    const then = `docket checklist ${key} --summary shows what came of it.`;
    return [[{ text: 'Completed', paint: 'green' }, name], [{ text: then }]];
  }
  if (status === 'cancelled') return [[{ text: 'Cancelled' }, name]];
  const what = status === 'stopped' ? 'Stopped' : 'Cannot go on with';
  const shown = open.slice(0, 20);
  const then =
    status === 'stuck' ? nextLine(open, key) : `docket run ${key} goes on${placeOf(open)}.`;
  return [
    [{ text: what, paint: 'red' }, name],
    ...[
      ...shown.map((each) => `  ${renderKey(each.key)} ${stateOf(each)}`),
      ...(open.length > shown.length
        ? [`  +${open.length - shown.length} more: docket checklist ${key}`]
        : []),
      ...(hindrance === null ? [] : [hindranceLine(hindrance)]),
      then,
    ].map((text) => [{ text }]),
  ];
}

function hindranceLine({ cause, message, resetsAt }: Hindrance): string {
  const until = resetsAt === null ? '' : `, until ${renderTime(resetsAt)}`;
  return `${hindranceWords[cause]}${until}: ${safeLine(message, 500)}`;
}

function stateOf(task: TaskView): string {
  const { blockedReason, blockers, claim } = task;
  const title = safeLine(task.title, 80);
  if (blockedReason !== null) return `${title}: blocked: ${safeLine(blockedReason, 200)}`;
  if (claim !== null) return `${title}: ${renderActor(claim.actor)} is at it`;
  if (blockers.length > 0) return `${title}: waits for ${blockers.map(renderKey).join(', ')}`;
  return `${title}: ${statusWords(task.status)}`;
}

/** Names the step that is next when the run goes on. */
function placeOf(open: readonly TaskView[]): string {
  const next = open.find(({ blockedReason, blockers, claim }) =>
    [blockedReason, claim, blockers[0] ?? null].every((each) => each === null),
  );
  return next === undefined ? '' : ` at ${renderKey(next.key)} ${safeLine(next.title, 80)}`;
}

function nextLine(open: readonly TaskView[], key: string): string {
  const blocked = open.find((task) => task.blockedReason !== null);
  if (blocked === undefined) return `When that is done: docket run ${key}`;
  return `When that is settled: docket unblock ${renderKey(blocked.key)} --resolution TEXT, then docket run ${key}`;
}
