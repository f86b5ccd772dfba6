import type { Progress } from '../../model/answers/progress.ts';
import type { ReportNext } from '../../model/answers/run.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import type { Hindrance } from '../../model/run/hindrance.ts';
import { renderLocalTime } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle, Paint } from '../text/style.ts';
import { type Span, wrapSpans } from '../text/wrap.ts';
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

/** The mark of work under way. */
const under: Span = { text: '[→]', paint: 'yellow' };

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

/**
 * Renders what happens while a plan runs, in lines of the style's width; `now` is an ISO text.
 */
export function renderProgress(progress: Progress, style: OutputStyle, now: string): string {
  const lines = linesOf(progress, now).flatMap((spans) => wrapSpans(spans, { style, hang: 4 }));
  return lines.join('\n');
}

function linesOf(progress: Progress, now: string): readonly (readonly Span[])[] {
  switch (progress.kind) {
    case 'recovered': {
      const keys = progress.keys.map(renderKey).join(', ');
      return [[{ text: `Free again, as their orchestrator has ended: ${keys}` }]];
    }
    case 'ordered': {
      const order = `so ${renderKey(progress.key)} runs in its order`;
      return [
        [{ text: `No dependencies are stated, ${order} (--any-order lets all run at once).` }],
      ];
    }
    case 'started': {
      const agent = `${safeLine(progress.agent, 60)}${renderAttempt(progress)}`;
      return [[under, { text: ` ${taskName(progress)}  ${agent}` }]];
    }
    case 'replaced': {
      const [agent, by] = [progress.agent, progress.by].map((name) => safeLine(name, 60));
      const what = `Claude Code has no ${agent}; ${by} takes its place`;
      return [[under, { text: ` ${taskName(progress)}  ${what}` }]];
    }
    case 'ended': {
      const { outcome, minutes, sentBack } = progress;
      const next = progress.next === 'rework' && sentBack.length > 0 ? 'rejects' : progress.next;
      const { sign, paint } = ends[next];
      const result =
        outcome === null || outcome === '' ? '' : `: ${safeLine(firstParagraph(outcome), 200)}`;
      const end = `${nextWords[next]}, ${renderMinutes(minutes)}${result}`;
      return [
        [{ text: sign, paint }, { text: ` ${taskName(progress)}  ${end}` }],
        ...sentBack.map((task) => [{ text: `    sent back: ${taskName(task)}` }]),
      ];
    }
    case 'dropped': {
      const reason = safeLine(progress.reason, 200);
      return [[{ text: `[-] ${renderKey(progress.key)}  left alone: ${reason}` }]];
    }
    case 'waiting': {
      const { key, hindrance, until } = progress;
      const what = `${hindranceWords[hindrance.cause]}: waiting until ${renderLocalTime(until, now)}`;
      const why = safeLine(hindrance.message, 300).replace(/\.$/, '');
      const then = `Ctrl-C stops, docket run ${renderKey(key)} goes on.`;
      return [[{ text: '[-]', paint: 'yellow' }, { text: ` ${what} (${why}). ${then}` }]];
    }
    case 'retrying': {
      const reason = safeLine(progress.reason, 200);
      return [[{ text: `Waiting for ${safeLine(progress.what, 80)}: ${reason}` }]];
    }
  }
}

/**
 * Says that a run is being stopped, and what comes then. An agent that does not listen holds the end
 * up for seconds.
 *
 * @param key the plan's, as safe text.
 */
export function renderStopping(key: string): string {
  return `Stopping: agents are asked to end. Ctrl-C again ends it at once; docket run ${key} goes on later.`;
}

function taskName({ key, title }: { readonly key: string; readonly title: string }): string {
  return `${renderKey(key)} ${safeLine(title, 80)}`;
}
