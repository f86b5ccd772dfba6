import type { Measure, StatsAnswer } from '../../model/answers/stats.ts';
import { dayOf } from '../../model/time-zone.ts';
import { renderDuration } from '../text/duration.ts';
import { safeLine } from '../text/safe-text.ts';
import { plainStyle } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { type Bar, renderBars } from './bars.ts';

export interface StatsStyle {
  /** Columns of the longest bar. */
  readonly width: number;
  readonly ascii: boolean;
}

/** Renders the times of tasks as tables, with throughput as bars. */
export function renderStats(stats: StatsAnswer, style: StatsStyle): string {
  const sections = [
    throughput(stats, style),
    times(
      'By type',
      stats,
      stats.byType.map(({ type, ...rest }) => ({ name: type, ...rest })),
    ),
    times(
      'By agent',
      stats,
      stats.byAgent.map(({ agent, ...rest }) => ({
        name: agent === '' ? 'by hand' : safeLine(agent, 40),
        ...rest,
      })),
    ),
    entryTimes('client', stats),
    entryTimes('project', stats),
    estimates(stats),
    blocked(stats),
    reviews(stats),
    samples(stats),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function throughput(stats: StatsAnswer, style: StatsStyle): readonly string[] {
  const { throughput: weeks, type, agent, client, project, from, timeZone } = stats;
  const total = weeks.reduce((sum, { completed }) => sum + completed, 0);
  const plus = weeks.some(({ isAtLeast }) => isAtLeast) ? '+' : '';
  const what = [
    type ?? '',
    agent === null ? '' : `by ${safeLine(agent, 40)}`,
    ofEntry('client', client),
    ofEntry('project', project),
  ].filter(Boolean);
  const bars = weeks.map(
    ({ week, completed, isAtLeast }, index): Bar => ({
      label: dayOf(week, timeZone),
      value: completed,
      text: `${completed}${isAtLeast ? '+' : ''}${index === weeks.length - 1 ? ' so far' : ''}`,
    }),
  );
  return [
    `Completed since ${dayOf(from, timeZone)}: ${total}${plus} ${total === 1 && plus === '' ? 'task' : 'tasks'}${what.length > 0 ? ` (${what.join(', ')})` : ''}, by week`,
    ...renderBars(bars, style),
  ];
}

/** Says of which client or project alone tasks are measured. */
function ofEntry(noun: 'client' | 'project', slug: string | null): string {
  if (slug === null) return '';
  return slug === '' ? `no ${noun}` : `${noun} ${safeLine(slug, 64)}`;
}

/** Measures by client or project, where tasks are of several and one of them is not asked for. */
function entryTimes(noun: 'client' | 'project', stats: StatsAnswer): readonly string[] {
  const rows =
    noun === 'client'
      ? stats.byClient.map(({ client, ...rest }) => ({ slug: client, ...rest }))
      : stats.byProject.map(({ project, ...rest }) => ({ slug: project, ...rest }));
  if (stats[noun] !== null || rows.every(({ slug }) => slug === null)) return [];
  return times(
    `By ${noun}`,
    stats,
    rows.map(({ slug, ...rest }) => ({
      name: slug === null ? `no ${noun}` : safeLine(slug, 64),
      ...rest,
    })),
  );
}

interface TimesRow {
  readonly name: string;
  readonly tasks: number;
  readonly cycle: Measure | null;
  readonly active: Measure | null;
  readonly judged?: number;
  readonly approved?: number;
}

function times(title: string, stats: StatsAnswer, rows: readonly TimesRow[]): readonly string[] {
  if (rows.length === 0) return [];
  const hasJudged = rows.some(({ judged = 0 }) => judged > 0);
  const all = rows.length > 1 && title === 'By type' ? [{ name: 'all', ...stats.all }] : [];
  return renderFigures([
    [title, 'tasks', 'cycle', 'p90', 'active', 'p90', ...(hasJudged ? ['approved'] : [])],
    ...[...rows, ...all].map(({ name, tasks, cycle, active, judged, approved }: TimesRow) => [
      name,
      String(tasks),
      ...measureCells(cycle),
      ...measureCells(active),
      ...(hasJudged ? [judged ? `${approved} of ${judged}` : '-'] : []),
    ]),
  ]);
}

/** Renders a table whose first column holds names and whose others hold numbers. */
function renderFigures(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = (rows[0] ?? []).map((_, at) => (at === 0 ? {} : ({ align: 'right' } as const)));
  return renderRows(rows, columns, plainStyle);
}

function measureCells(measure: Measure | null): readonly [string, string] {
  if (measure === null) return ['-', '-'];
  return [renderDuration(measure.medianMinutes), renderDuration(measure.p90Minutes)];
}

function estimates({ estimates: rows }: StatsAnswer): readonly string[] {
  if (rows.length === 0) return [];
  return renderFigures([
    ['Active time by estimate', 'median', 'tasks'],
    ...rows.map(({ complexity, count, medianRatio }) => [
      complexity ?? 'complexity not said',
      `${medianRatio}x`,
      String(count),
    ]),
  ]);
}

function blocked({
  blocked: { count, open, times, totalMinutes, reasons, otherReasons },
}: StatsAnswer) {
  if (count === 0) return [];
  const [middle, most] = measureCells(times);
  return [
    `Blocked ${count} ${count === 1 ? 'time' : 'times'} (${open} still), ${renderDuration(totalMinutes)} in all, median ${middle}, p90 ${most}`,
    ...reasons.map(
      (each) =>
        `- ${renderDuration(each.totalMinutes)}, ${each.count} ${each.count === 1 ? 'time' : 'times'}: ${safeLine(each.reason, 120)}`,
    ),
    ...(otherReasons > 0
      ? [`+${otherReasons} more ${otherReasons === 1 ? 'reason' : 'reasons'}`]
      : []),
  ];
}

function reviews({ reviews: found }: StatsAnswer): readonly string[] {
  const { judged, approved, judgedFirst, approvedFirst, rounds } = found;
  if (judged === 0 || rounds === null) return [];
  return [
    `Reviews: ${approved} of ${judged} approved (${share(approved, judged)}), at the first time ${approvedFirst} of ${judgedFirst} (${share(approvedFirst, judgedFirst)})`,
    `Rounds a task: median ${rounds.median}, p90 ${rounds.p90}, most ${rounds.most}`,
  ];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${Math.round((part / whole) * 100)} %`;
}

/** Says what the measures leave out. */
function samples({ samples: { limit, tasks, runs, blocks } }: StatsAnswer): readonly string[] {
  const names = [
    tasks.isCut ? 'completed tasks' : '',
    runs.isCut ? 'runs' : '',
    blocks.isCut ? 'blocked times' : '',
  ].filter((name) => name !== '');
  if (names.length === 0) return [];
  return [`Measured on the newest ${limit} ${names.join(' and ')}; there are more in these weeks.`];
}
