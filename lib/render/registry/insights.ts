import type { InsightList, InsightView } from '../../model/answers/insight.ts';
import { renderTime } from '../text/age.ts';
import { withHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';
import { type ListText, renderRest } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderActor } from '../text/who.ts';
import { renderSlug } from './entries.ts';

/** Confirms a change: `Kept 019abc...  about acme`. */
export function renderInsightDone(verb: string, insight: InsightView): string {
  return `${verb} ${insight.id}  about ${renderSlug(insight.subject)}`;
}

/** Lists insights, one line each: id, what it is about, the fact. */
export function renderInsights(
  { insights, total, totalLimit }: InsightList,
  { style, more }: { readonly style: OutputStyle; readonly more: string },
): ListText {
  if (insights.length === 0) {
    const hint = 'docket insight add TEXT --client NAME';
    return { text: withHint('Nothing is known yet.', hint, style), rest: [] };
  }
  const rows = insights.map(({ id, subject, text, archivedAt }) => {
    const mark = archivedAt === null ? '' : paint(style, 'dim', '  (archived)');
    return [
      { text: id, paint: 'dim' } as const,
      renderSlug(subject),
      `${safeLine(text, 300)}${mark}`,
    ];
  });
  return {
    text: renderRows(rows, [{}, {}], style).join('\n'),
    rest: renderRest({ shown: insights.length, total, totalLimit }, more, style),
  };
}

/** Shows one insight, quoted, with its author and the task where it was learnt. */
export function renderInsight(insight: InsightView, style: OutputStyle): string {
  const { about, subject, task, createdAt, createdBy, archivedAt } = insight;
  const learnt = task === null ? '' : ` at ${renderKey(task)}`;
  return [
    `${paint(style, 'bold', insight.id)}  about the ${about} ${renderSlug(subject)}`,
    `by ${renderActor(createdBy)}${learnt}, ${renderTime(createdAt)}`,
    ...(archivedAt === null ? [] : [`archived ${renderTime(archivedAt)}`]),
    '',
    ...renderQuoted(insight.text),
  ].join('\n');
}
