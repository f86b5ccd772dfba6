import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { findingFields, verdictFields } from '../../model/checklist/field-words.ts';
import type { Status } from '../../model/task/task.ts';
import { renderAgo } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { marks } from '../text/mark.ts';
import { paint } from '../text/style.ts';
import { keyOf, type Layout, lineOf, mostItems, type NameList } from './layout.ts';
import { headingLine, nameOfAgent, renderLine, titleOf } from './line.ts';
import { boldText } from './passages.ts';
import { progressWords, statusTitle } from './words.ts';

const room: DetailRoom = { findings: 6, files: 12, text: 300 };

/** Blockers named one by one. */
const blockersShown = 4;

const sections: readonly Status[] = ['completed', 'in_progress', 'blocked', 'pending', 'cancelled'];

/** Everything about each step, in sections by status, numbered through. */
export function renderDetailed(checklist: Checklist, look: Layout): readonly string[] {
  const steps = stepsOf(checklist.items, undefined);
  const lines = [
    headingLine('Task Status', checklist.title, look),
    '',
    renderLine(
      {
        text: `**Overall Status:** ${statusTitle(checklist.status)}`,
        tail: progressWords(checklist.progress),
      },
      look,
    ),
  ];
  let number = 1;
  for (const status of sections) {
    const own = steps.filter(({ item }) => item.status === status);
    if (own.length === 0) continue;
    lines.push('', sectionHeading(status, look));
    for (const [index, step] of own.slice(0, mostItems).entries()) {
      lines.push(...renderStep(step, number + index, { at: checklist.at, look }));
    }
    const left = own.length - mostItems;
    if (left > 0)
      lines.push('', `+${left} more: docket checklist ${keyOf(checklist.key, look)} --json`);
    number += own.length;
  }
  return lines;
}

function sectionHeading(status: Status, look: Layout): string {
  const sign = { completed: ' ✓', in_progress: ' →' }[status as string] ?? '';
  const text = `### ${statusTitle(status)}${look.ascii ? '' : sign}`;
  return paint(look.style, marks[status].paint ?? 'bold', text);
}

interface Step {
  readonly item: ChecklistItem;
  /** The container that it is a part of, below the task itself. */
  readonly container: ChecklistItem | undefined;
}

function stepsOf(
  items: readonly ChecklistItem[],
  container: ChecklistItem | undefined,
): readonly Step[] {
  return items.flatMap((item) =>
    item.items.length === 0 ? [{ item, container }] : stepsOf(item.items, item),
  );
}

function renderStep(
  { item, container }: Step,
  number: number,
  { at, look }: { at: string; look: Layout },
): readonly string[] {
  const line = renderLine(
    {
      bullet: `${number}. `,
      frame: '**',
      text: boldText(titleOf(item.title, look)),
      tail: item.minutes === null ? undefined : timeOf(item, item.minutes),
    },
    look,
  );
  const bullet = `${' '.repeat(`${number}. `.length)}- `;
  const part = container === undefined ? [] : [`Part of: ${named(container, look)}`];
  return [
    line,
    ...[...part, ...factsOf(item, { at, look })].map((text) => renderLine({ bullet, text }, look)),
  ];
}

function timeOf({ status }: ChecklistItem, minutes: number): string | undefined {
  if (status === 'completed') return renderMinutes(minutes);
  return minutes === 0 ? undefined : `${renderMinutes(minutes)} so far`;
}

function factsOf(
  item: ChecklistItem,
  { at, look }: { at: string; look: Layout },
): readonly Detail[] {
  const agent = item.agent === null ? undefined : nameOfAgent(item.agent, look);
  const because = lineOf(item.reason ?? '', room.text, look) || undefined;
  switch (item.status) {
    case 'completed':
      return [
        ...outcomeLine(item, room, look),
        ...told('Done by: ', agent),
        ...told(
          'Approved by ',
          item.approvedBy === null ? undefined : nameOfAgent(item.approvedBy, look),
        ),
        ...findingLines(item, room, look),
        ...fileLines(item, room),
      ];
    case 'in_progress':
      return [
        ...told('Assigned to: ', agent),
        ...told('Started: ', startOf(item, at)),
        // Work that was sent back says why.
        ...findingLines(item, room, look),
      ];
    case 'cancelled':
      return told('Reason: ', because);
    default:
      return [
        ...told('Blocked by: ', because),
        ...blockerLines(item, look),
        ...told('Assigned to: ', agent),
      ];
  }
}

function told(words: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${words}${text}`];
}

function startOf({ startedAt }: ChecklistItem, at: string): string | undefined {
  return startedAt === null ? undefined : renderAgo(startedAt, at);
}

/** One line each: a title cannot pass for another blocker. */
function blockerLines({ blockedBy }: ChecklistItem, look: Layout): readonly string[] {
  const left = blockedBy.length - blockersShown;
  return [
    ...blockedBy.slice(0, blockersShown).map((blocker) => `Blocked by: ${named(blocker, look)}`),
    ...(left > 0 ? [`Blocked by: +${left} more`] : []),
  ];
}

function named({ key, title }: { key: string; title: string | null }, look: Layout): string {
  return title === null ? keyOf(key, look) : `${titleOf(title, look, 120)} (${keyOf(key, look)})`;
}

/** A line below an item. */
export type Detail = string | NameList;

/** How much of an item's details a view has room for. */
export interface DetailRoom {
  readonly findings: number;
  readonly files: number;
  /** Code points of each text. */
  readonly text: number;
}

const labels: ReadonlyMap<string, string | undefined> = new Map(
  [...verdictFields, ...findingFields].map(({ field, label }) => [field, label]),
);

/**
 * What is told below a completed item. Each line begins with a word of ours, so that no text of
 * others can pass for an item.
 */
export function outcomeLine(
  item: ChecklistItem,
  room: DetailRoom,
  look: Layout,
): readonly string[] {
  const outcome = lineOf(item.outcome ?? '', room.text, look);
  return outcome === '' ? [] : [`Outcome: ${outcome}`];
}

/** What its reports say, and how much of that is left out. */
export function findingLines(
  { findings }: ChecklistItem,
  room: DetailRoom,
  look: Layout,
): readonly string[] {
  const lines = findings.flatMap(({ field, text }) => {
    const line = lineOf(text, room.text, look);
    return line === '' ? [] : [`${labels.get(field) ?? 'Found'}: ${line}`];
  });
  const left = lines.length - room.findings;
  return [...lines.slice(0, room.findings), ...(left > 0 ? [`+${left} more`] : [])];
}

export function fileLines({ files }: ChecklistItem, room: DetailRoom): readonly NameList[] {
  const names = [...new Set([...files.created, ...files.modified, ...files.relevant])];
  return names.length === 0 ? [] : [{ label: 'Files: ', names, most: room.files }];
}
