import type { EventView, LogAnswer } from '../../model/answers/task.ts';
import { findByWord } from '../../model/known-word.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import type { DependencyType } from '../../model/task/task.ts';
import { renderWhen } from '../text/age.ts';
import { renderKey } from '../text/key.ts';
import { safeLine } from '../text/safe-text.ts';
import { type ListText, renderRest } from '../text/section.ts';
import { type OutputStyle, paint, plainStyle } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderWho } from '../text/who.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';
import { renderArchivedBy } from './archived.ts';

/** Lists the history, one line an event, and apart from it what it leaves out. */
export function renderEvents(
  { events, titles, at, archived, ...size }: LogAnswer,
  { style, more }: { readonly style: OutputStyle; readonly more: string },
): ListText {
  const key = events[0]?.task ?? '';
  const head =
    archived === undefined
      ? []
      : [paint(style, 'dim', `Archived ${renderArchivedBy(archived, { key, at })}`)];
  const known = new Map(Object.entries(titles));
  for (const { task, title } of events) if (task !== null && title !== null) known.set(task, title);
  const columns = events.map((event) => [renderWhen(event.createdAt, at), renderWho(event)]);
  const rows = events.map((event, index) => [
    ...(columns[index] ?? []),
    renderWhat(event, { known, style, room: roomBehind(columns, style) }),
  ]);
  return {
    text: [...head, ...renderRows(rows, [{}, {}], style)].join('\n'),
    rest: renderRest({ ...size, shown: events.length }, more, style),
  };
}

/** Says in one line what happened, as text alone: `completed web-k3f9 Wire it  outcome: wired`. */
export function describeEvent(event: EventView): string {
  return renderWhat(event, { known: new Map(), style: plainStyle });
}

/** Gives the columns that a terminal leaves behind those of a table. */
function roomBehind(rows: readonly (readonly string[])[], { width }: OutputStyle) {
  if (width === undefined) return undefined;
  const widest = (at: number) => Math.max(0, ...rows.map((row) => displayWidth(row[at] ?? '')));
  return Math.max(narrowest, width - widest(0) - widest(1) - 4);
}

const narrowest = 24;

/** Says what happened, and dim what belongs to it. On a terminal the end is cut. */
function renderWhat(
  event: EventView,
  { known, style, room = Number.POSITIVE_INFINITY }: Frame,
): string {
  const { head, place } = headOf(event, known);
  const detail = event.verb === 'moved' ? '' : detailOf(event, known);
  const rest = `${place}${formerKeyOf(event)}${detail === '' ? '' : `  ${detail}`}`;
  const shown = clipToWidth(head, room);
  const left = room - displayWidth(shown);
  return `${shown}${rest === '' || left < 4 ? '' : paint(style, 'dim', clipToWidth(rest, left))}`;
}

/** Names the key that a moved task had before. */
function formerKeyOf({ verb, old }: EventView): string {
  const was = verb === 'moved' && isRecord(old) && typeof old.key === 'string' ? old.key : '';
  return was === '' ? '' : ` (was ${renderKey(was)})`;
}

interface Frame {
  readonly known: Titles;
  readonly style: OutputStyle;
  /** Columns; undefined for as many as it takes. */
  readonly room?: number | undefined;
}

/** Titles by key. */
type Titles = ReadonlyMap<string, string>;

const verbWords: Readonly<Record<string, string>> = {
  noted: 'added a note to',
  stolen: 'took over',
  claim_moved: 'went on with',
  resumed: 'started the clock of',
  stopped: 'stopped the clock of',
  retimed: 'corrected the time of',
  reported: 'reported on',
  reported_late: 'reported late on',
  learned: 'learnt from',
};

/** Says what was done to which task: `claimed web-k3f9.1 Wire it (part of Whole)`. */
function headOf(
  { verb, task, title, new: value }: EventView,
  known: Titles,
): { readonly head: string; readonly place: string } {
  const words = wordsOf(verb, value);
  if (task === null) return { head: words, place: '' };
  const name = title === null ? '' : ` ${safeLine(title, 60)}`;
  const parent = known.get(parentKey(task) ?? '');
  const place = parent === undefined ? '' : ` (part of ${safeLine(parent, 40)})`;
  return { head: `${words} ${renderKey(task)}${name}`, place };
}

/** Names a verb, and of an undo the one that it undid: `undid: claimed`. */
export function wordsOf(verb: string, value: unknown): string {
  const words = safeLine(findByWord(verbWords, verb) ?? verb.replaceAll('_', ' '), 40);
  if (verb !== 'undone' || !isRecord(value) || typeof value.verb !== 'string') return words;
  return `undid: ${wordsOf(value.verb, null)}`;
}

export const linkWords: Readonly<Record<string, string>> &
  Readonly<Record<DependencyType, string>> = {
  blocks: 'needs',
  related: 'is related to',
  discovered_from: 'was found in',
};

/** People's words for the columns of a task. */
const fieldWords: Readonly<Record<string, string>> = {
  task_type: 'type',
  assigned_agent: 'agent',
  estimated_complexity: 'complexity',
  estimated_minutes: 'estimate',
  billable_minutes: 'billable minutes',
  billable_minutes_by: 'said by',
  blocked_reason: 'reason',
  task_context: 'context',
  formerOutcome: 'former outcome',
  nextAgent: 'by',
};

/** The fields that the verb and the actor say already. */
const said: ReadonlySet<string> = new Set([
  ...['status', 'claim', 'note', 'session'],
  ...['undoes', 'verb'],
]);

/** Says the new values in people's words. The line of a new task has its title, if it still stands. */
function detailOf({ old, new: value, title, verb }: EventView, known: Titles): string {
  const link = verb === 'unlinked' ? old : value;
  if (isRecord(link) && typeof link.target === 'string') {
    const words = findByWord(linkWords, String(link.type)) ?? safeLine(String(link.type), 32);
    const target =
      `${renderKey(link.target)} ${safeLine(known.get(link.target) ?? '', 60)}`.trimEnd();
    return `${words} ${target}`;
  }
  if (!isRecord(value)) return '';
  return Object.entries(value)
    .filter(([name, field]) => !said.has(name) && field !== undefined)
    .filter(([name, field]) => verb !== 'created' || name !== 'title' || field !== title)
    .map(([name, field]) =>
      name === 'followed'
        ? `with its ${fieldText(field)}`
        : `${fieldName(name)}: ${fieldText(field)}`,
    )
    .join(', ');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldName(name: string): string {
  return safeLine(findByWord(fieldWords, name) ?? name.replaceAll('_', ' '), 40);
}

function fieldText(field: unknown): string {
  if (field === null) return 'none';
  if (Array.isArray(field) && field.every((each) => typeof each === 'string')) {
    return safeLine(field.join(', '), 80);
  }
  return safeLine(typeof field === 'string' ? field : (JSON.stringify(field) ?? ''), 80);
}
