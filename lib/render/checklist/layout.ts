import type { ChecklistItem } from '../../model/answers/checklist.ts';
import { findByWord } from '../../model/known-word.ts';
import { limits } from '../../model/limits.ts';
import type { Status } from '../../model/task/task.ts';
import { renderKey } from '../text/key.ts';
import { markOf, unknownSign } from '../text/mark.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';

/** How a checklist is laid out. */
export interface Layout {
  readonly style: OutputStyle;
  /** Docket's own signs are plain ASCII; what people wrote stays as it is. */
  readonly ascii: boolean;
}

const asciiSigns: Readonly<Record<Status, string>> = {
  pending: '[ ]',
  in_progress: '[>]',
  blocked: '[!]',
  completed: '[x]',
  cancelled: '[-]',
};

/** The box of an item: `[✓]`, or `[x]` in ASCII. */
export function signOf(status: Status, { ascii }: Layout): string {
  return ascii ? (findByWord(asciiSigns, status) ?? unknownSign) : markOf(status).sign;
}

/** Makes strangers' text one safe line of at most `limit` code points. */
export function lineOf(text: string, limit: number, layout: Layout): string {
  return inLayout(safeLine(text, limit), layout);
}

/** Renders a task's key, or words that say that it is none. */
export function keyOf(key: string, layout: Layout): string {
  return inLayout(renderKey(key), layout);
}

/** Replaces the signs that clipping and making safe put in, where the layout is ASCII. */
export function inLayout(text: string, { ascii }: Layout): string {
  return ascii ? text.replaceAll('…', '...').replaceAll('‹', '(').replaceAll('›', ')') : text;
}

/** Cuts a line to a number of columns and ends it with `…` or `...`. */
export function cutTo(line: string, width: number, layout: Layout): string {
  if (!layout.ascii || displayWidth(line) <= width) return clipToWidth(line, width);
  return inLayout(clipToWidth(line, Math.max(1, width - 2)), layout);
}

/** The limit of shown items: a plan is always shown whole; what grew beyond one is cut. */
export const mostItems = limits.planSubtasks;

/**
 * The importance of statuses: work under way, then work to come, then finished work, the latest
 * first.
 */
const order: readonly (readonly ChecklistItem['status'][])[] = [
  ['in_progress', 'blocked'],
  ['pending'],
  ['completed', 'cancelled'],
];

/**
 * Chooses the keys of the items to show: all, or the most important ones with their containers.
 */
export function keepItems(items: readonly ChecklistItem[]): ReadonlySet<string> {
  const paths = pathsOf(items, []);
  const kept = new Set<string>();
  // Statuses of a newer docket come last.
  const others = paths
    .map(({ leaf }) => leaf.status)
    .filter((each) => !order.flat().includes(each));
  for (const statuses of [...order, others]) {
    const group = paths.filter(({ leaf }) => statuses.includes(leaf.status));
    for (const { keys } of statuses.includes('completed') ? group.toReversed() : group) {
      const added = keys.filter((key) => !kept.has(key));
      if (kept.size + added.length > mostItems) return kept;
      for (const key of added) kept.add(key);
    }
  }
  return kept;
}

interface Path {
  readonly leaf: ChecklistItem;
  /** Keys of the containers from the top, and the leaf's own. */
  readonly keys: readonly string[];
}

function pathsOf(items: readonly ChecklistItem[], above: readonly string[]): readonly Path[] {
  return items.flatMap((item) => {
    const keys = [...above, item.key];
    return item.items.length === 0 ? [{ leaf: item, keys }] : pathsOf(item.items, keys);
  });
}

/** Counts items with everything below them. */
export function countItems(items: readonly ChecklistItem[]): number {
  return items.reduce((sum, item) => sum + 1 + countItems(item.items), 0);
}

/** Code points of one name. */
const longestName = 80;

/** Names behind a label, shown up to a number and counted beyond. */
export interface NameList {
  /** `Files: `. */
  readonly label: string;
  readonly names: readonly string[];
  readonly most: number;
}

/** A line below an item. */
export type Detail = string | NameList;

/**
 * Renders names: `Files: a.ts, b.ts, +2 more`. A name that could pass for several, or for the
 * count, is quoted. Within `width` columns fewer names are shown; the count always is.
 */
export function renderNames(
  { label, names, most }: NameList,
  layout: Layout,
  width?: number,
): string {
  const shown = names.slice(0, most).map((name) => renderName(name, layout));
  for (let number = shown.length; number > 1; number -= 1) {
    const line = join(shown.slice(0, number), names.length, label);
    if (width === undefined || displayWidth(line) <= width) return line;
  }
  const line = join(shown.slice(0, 1), names.length, label);
  const over = width === undefined ? 0 : displayWidth(line) - width;
  const [first = ''] = shown;
  return over <= 0
    ? line
    : join([cutTo(first, Math.max(1, displayWidth(first) - over), layout)], names.length, label);
}

function join(shown: readonly string[], total: number, label: string): string {
  const left = total - shown.length;
  return `${label}${[...shown, ...(left > 0 ? [`+${left} more`] : [])].join(', ')}`;
}

function renderName(name: string, layout: Layout): string {
  const line = lineOf(name, longestName, layout);
  return /[,"]|^\+|^$/.test(line) ? `"${line.replaceAll('"', "'")}"` : line;
}
