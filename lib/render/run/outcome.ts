import type { RunOutcome } from '../../model/answers/outcome.ts';
import type { TaskView } from '../../model/answers/task.ts';
import type { Hindrance } from '../../model/run/hindrance.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { statusWords } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderActor } from '../text/who.ts';
import { hindranceWords } from './progress-line.ts';

/** Tells how a run of a plan ended, and what there is to do. */
export function renderRunOutcome(outcome: RunOutcome, style: OutputStyle): string {
  const { status, task, open, hindrance } = outcome;
  const key = renderKey(task.key);
  const title = safeLine(task.title, 500);
  if (status === 'completed') {
    const done = `${paint(style, 'green', 'Completed')} ${key}  ${title}`;
    return `${done}\ndocket checklist ${key} --summary shows what came of it.`;
  }
  if (status === 'cancelled') return `Cancelled ${key}  ${title}`;
  const what = status === 'stopped' ? 'Stopped' : 'Cannot go on with';
  const shown = open.slice(0, 20);
  return [
    `${paint(style, 'red', what)} ${key}  ${title}`,
    ...shown.map((each) => `  ${renderKey(each.key)} ${stateOf(each)}`),
    ...(open.length > shown.length ? [`  +${open.length - shown.length} more`] : []),
    ...(hindrance === null ? [] : [hindranceLine(hindrance)]),
    status === 'stuck' ? nextLine(open, key) : `docket run ${key} goes on with it.`,
  ].join('\n');
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

function nextLine(open: readonly TaskView[], key: string): string {
  const blocked = open.find((task) => task.blockedReason !== null);
  if (blocked === undefined) return `When that is done: docket run ${key}`;
  return `When that is settled: docket unblock ${renderKey(blocked.key)}, then docket run ${key}`;
}
