import type { WorkItemList, WorkItemView } from '../../model/answers/work-item.ts';
import { dayOf, findTimeZone } from '../../model/time-zone.ts';
import { renderTime } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { renderMinutesFrom, renderOtherSayers } from '../text/minutes-from.ts';
import { renderQuoted, safeLine } from '../text/safe-text.ts';
import { type ListText, renderFact, renderRest, section } from '../text/section.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderActor } from '../text/who.ts';
import { renderSlug } from './entries.ts';

/** Confirms a change: `Billed web-k3f9: 45 min (said by alice) to acme, troubleshooting`. */
export function renderWorkItemDone(verb: string, item: WorkItemView): string {
  const { billableMinutes: minutes, client, category } = item;
  return `${verb} ${renderKey(item.task)}: ${minutes} min${sayersOf(item)} to ${renderSlug(client)}, ${safeLine(category, 64)}${correctionOf(item)}`;
}

/** Says in brackets who gave the minutes, if not a clock, and whether it is off the bill. */
function tailOf({ minutesFrom, archivedAt }: WorkItemView): string {
  const facts = [renderOtherSayers(minutesFrom), archivedAt === null ? '' : 'archived'];
  const told = facts.filter((fact) => fact !== '').join('; ');
  return told === '' ? '' : `  (${told})`;
}

function sayersOf({ minutesFrom }: WorkItemView): string {
  const sayers = renderOtherSayers(minutesFrom);
  return sayers === '' ? '' : ` (${sayers})`;
}

/** Says of an invoiced work item that what changed since comes as a line of its own. */
function correctionOf({ billableMinutes, invoicedMinutes, archivedAt }: WorkItemView): string {
  if (invoicedMinutes === null) return '';
  const difference = (archivedAt === null ? billableMinutes : 0) - invoicedMinutes;
  const sign = difference > 0 ? '+' : '';
  const change = difference === 0 ? '' : `; the next bill corrects it by ${sign}${difference} min`;
  return ` (${invoicedMinutes} min were invoiced${change})`;
}

/**
 * Lists work items, one line each: day (the client's, or that of a time zone), task, minutes,
 * client, category, problem.
 */
export function renderWorkItems(
  { workItems, total, totalLimit }: WorkItemList,
  {
    style,
    timeZone,
    more,
  }: { readonly style: OutputStyle; readonly timeZone: string; readonly more: string },
): ListText {
  if (workItems.length === 0) {
    const text = 'No work items yet: completing a billable task of a client makes one.';
    return { text, rest: [] };
  }
  const rows = workItems.map((item) => [
    dayOf(item.completedAt, findTimeZone(item.timeZone ?? '') ?? timeZone),
    renderKey(item.task),
    `${item.billableMinutes} min`,
    renderSlug(item.client),
    safeLine(item.category, 64),
    `${safeLine(item.problem, 200)}${paint(style, 'dim', tailOf(item))}`,
  ]);
  const columns = [{}, {}, { align: 'right' }, {}, {}] as const;
  return {
    text: renderRows(rows, columns, style).join('\n'),
    rest: renderRest({ shown: workItems.length, total, totalLimit }, more, style),
  };
}

/** Shows everything about one work item. What people wrote is quoted. */
export function renderWorkItem(item: WorkItemView, style: OutputStyle): string {
  const names = (list: readonly string[]) => list.map((name) => safeLine(name, 200)).join(', ');
  const facts: readonly (readonly [string, string])[] = [
    ['client', renderSlug(item.client)],
    ['project', renderSlug(item.project ?? '')],
    ['category', safeLine(item.category, 64)],
    ['billed', `${item.billableMinutes} min${correctionOf(item)}`],
    ['minutes', renderMinutesFrom(item.minutesFrom)],
    ['systems', names(item.affectedSystems)],
    ['made with', names(item.technologies)],
    ['completed', `${renderTime(item.completedAt)} by ${renderActor(item.createdBy)}`],
    ['archived', item.archivedAt === null ? '' : renderTime(item.archivedAt)],
  ];
  return [
    paint(style, 'bold', renderKey(item.task)),
    ...facts.flatMap(([name, value]) => (value === '' ? [] : [renderFact(name, value)])),
    ...section('Problem', renderQuoted(item.problem)),
    ...section('Solution', renderQuoted(item.solution)),
  ].join('\n');
}
