import type { Progress } from '../../model/answers/progress.ts';
import type { ReportNext } from '../../model/answers/run.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import type { Hindrance } from '../../model/run/hindrance.ts';
import { renderLocalTime } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { renderAttempt } from './lines.ts';

/** A report's end, in the words of the line: a review of the plan sends others' work back. */
type End = ReportNext | 'rejects';

const ends: Readonly<Record<End, { readonly sign: string; readonly paint: Paint }>> = {
  done: { sign: '[✓]', paint: 'green' },
  review: { sign: '[→]', paint: 'yellow' },
  rework: { sign: '[→]', paint: 'yellow' },
  rejects: { sign: '[→]', paint: 'yellow' },
  retry: { sign: '[→]', paint: 'yellow' },
  blocked: { sign: '[!]', paint: 'red' },
  escalated: { sign: '[!]', paint: 'red' },
};

const nextWords: Readonly<Record<End, string>> = {
  done: 'completed',
  review: 'done, now its review',
  rework: 'sent back by its review',
  rejects: 'rejected',
  retry: 'failed, to be tried again',
  blocked: 'blocked',
  escalated: 'blocked, for you to look at',
};

/** Says of each hindrance what it is; its message says why. */
export const hindranceWords: Readonly<Record<Hindrance['cause'], string>> = {
  limit: 'API limit reached',
  outage: 'The API is overloaded or away',
  access: 'Claude Code may not use the API',
  agents: 'Agents are missing',
  crashes: 'Agents crash as soon as they start',
};

/** Renders one step of a running plan as a line; `now` is an ISO text. */
export function renderProgress(progress: Progress, style: OutputStyle, now: string): string {
  switch (progress.kind) {
    case 'recovered':
      return `Free again, as their orchestrator has ended: ${progress.keys.map(renderKey).join(', ')}`;
    case 'ordered':
      return `No dependencies are stated, so ${renderKey(progress.key)} runs in its order (--any-order lets all run at once).`;
    case 'started': {
      const agent = `${safeLine(progress.agent, 60)}${renderAttempt(progress)}`;
      return `${paint(style, 'yellow', '[→]')} ${taskName(progress)}  ${agent}`;
    }
    case 'replaced': {
      const { agent, by } = progress;
      return `${paint(style, 'yellow', '[→]')} ${taskName(progress)}  Claude Code has no ${safeLine(agent, 60)}; ${safeLine(by, 60)} takes its place`;
    }
    case 'ended': {
      const { outcome, minutes } = progress;
      const next =
        progress.next === 'rework' && progress.sentBack.length > 0 ? 'rejects' : progress.next;
      const { sign, paint: colour } = ends[next];
      const result =
        outcome === null || outcome === '' ? '' : `: ${safeLine(firstParagraph(outcome), 200)}`;
      const time = `, ${renderMinutes(minutes)}`;
      return [
        `${paint(style, colour, sign)} ${taskName(progress)}  ${nextWords[next]}${time}${result}`,
        ...progress.sentBack.map((task) => `    sent back: ${taskName(task)}`),
      ].join('\n');
    }
    case 'dropped':
      return `[-] ${renderKey(progress.key)}  left alone: ${safeLine(progress.reason, 200)}`;
    case 'waiting': {
      const { key, hindrance, until } = progress;
      const what = `${hindranceWords[hindrance.cause]}: waiting until ${renderLocalTime(until, now)}`;
      const why = safeLine(hindrance.message, 300).replace(/\.$/, '');
      return `${paint(style, 'yellow', '[-]')} ${what} (${why}). Ctrl-C stops, docket run ${renderKey(key)} goes on.`;
    }
    case 'retrying':
      return `Waiting for ${safeLine(progress.what, 80)}: ${safeLine(progress.reason, 200)}`;
  }
}

function taskName({ key, title }: { readonly key: string; readonly title: string }): string {
  return `${renderKey(key)} ${safeLine(title, 80)}`;
}
