import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import type { Status } from '../../model/task/task.ts';
import { renderAgo } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { markOf } from '../text/mark.ts';
import { renderPastBlock } from '../text/past-block.ts';
import { paint } from '../text/style.ts';
import {
  type DetailRoom,
  fact,
  fileLines,
  findingLines,
  noteLine,
  outcomeLine,
  rejectionWords,
  textLines,
} from './item-lines.ts';
import { type Detail, keyOf, type Layout, lineOf, mostItems } from './layout.ts';
import { headingLine, nameOfAgent, renderLine, titleOf } from './line.ts';
import { boldText } from './passages.ts';
import { progressWords, statusTitle } from './words.ts';

const room: DetailRoom = { findings: 6, files: 12, text: 300 };

/** Blockers that are named; the others are counted. */
const blockersShown = 4;

const sections: readonly Status[] = ['completed', 'in_progress', 'blocked', 'pending', 'cancelled'];

/** Shows everything about each step, in sections by status, numbered through. */
export function renderDetailed(checklist: Checklist, layout: Layout): readonly string[] {
  const steps = stepsOf(checklist.items, undefined);
  const lines = [
    headingLine('Task Status', checklist, layout),
    '',
    renderLine(
      {
        text: `**Overall Status:** ${statusTitle(checklist.status)}`,
        tail: progressWords(checklist.progress),
      },
      layout,
    ),
  ];
  let number = 1;
  for (const status of new Set([...sections, ...steps.map(({ item }) => item.status)])) {
    const own = steps.filter(({ item }) => item.status === status);
    if (own.length === 0) continue;
    lines.push('', sectionHeading(status, layout));
    for (const [index, step] of own.slice(0, mostItems).entries()) {
      lines.push(...renderStep(step, number + index, { at: checklist.at, layout }));
    }
    const left = own.length - mostItems;
    if (left > 0)
      lines.push('', `+${left} more: docket checklist ${keyOf(checklist.key, layout)} --json`);
    number += own.length;
  }
  return lines;
}

function sectionHeading(status: Status, layout: Layout): string {
  const sign = { completed: ' ✓', in_progress: ' →' }[status as string] ?? '';
  const text = `### ${statusTitle(status)}${layout.ascii ? '' : sign}`;
  return paint(layout.style, markOf(status).paint ?? 'bold', text);
}

interface Step {
  readonly item: ChecklistItem;
  /** The step's container, unless that is the task itself. */
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
  { at, layout }: { at: string; layout: Layout },
): readonly string[] {
  const line = renderLine(
    {
      bullet: `${number}. `,
      frame: '**',
      text: boldText(titleOf(item.title, layout)),
      tail: item.minutes === null ? undefined : timeOf(item, item.minutes),
    },
    layout,
  );
  const bullet = `${' '.repeat(`${number}. `.length)}- `;
  const part = container === undefined ? [] : [`Part of: ${named(container, layout)}`];
  return [
    line,
    ...[...part, ...factsOf(item, { at, layout }), ...pastBlockLines(item, layout)].map((text) =>
      renderLine({ bullet, text }, layout),
    ),
  ];
}

function timeOf({ status }: ChecklistItem, minutes: number): string | undefined {
  if (status === 'completed') return renderMinutes(minutes);
  return minutes === 0 ? undefined : `${renderMinutes(minutes)} so far`;
}

function factsOf(
  item: ChecklistItem,
  { at, layout }: { at: string; layout: Layout },
): readonly Detail[] {
  const agent = item.agent === null ? undefined : nameOfAgent(item.agent, layout);
  const because = lineOf(item.reason ?? '', room.text, layout) || undefined;
  switch (item.status) {
    case 'completed':
      return [
        ...outcomeLine(item, room, layout),
        ...fact('Done by: ', agent),
        ...fact(
          'Approved by ',
          item.approvedBy === null ? undefined : nameOfAgent(item.approvedBy, layout),
        ),
        ...resultLines(item, layout),
      ];
    case 'in_progress':
      return [
        ...fact('Assigned to: ', agent),
        ...fact('Started: ', startOf(item, at)),
        ...noteLine(item, room, layout),
        ...sentBackLines(item, layout),
      ];
    case 'cancelled':
      return fact('Reason: ', because);
    default:
      return [
        ...fact('Blocked by: ', because),
        ...blockerLines(item, layout),
        ...fact('Assigned to: ', agent),
        ...sentBackLines(item, layout),
      ];
  }
}

function pastBlockLines({ pastBlocks }: ChecklistItem, layout: Layout): readonly string[] {
  return pastBlocks.map(
    (block) => `Was blocked by: ${lineOf(renderPastBlock(block), room.text, layout)}`,
  );
}

/** Says what there is of open work, and of such as was sent back by whom and what is to be mended. */
function sentBackLines(item: ChecklistItem, layout: Layout): readonly Detail[] {
  const rejected = rejectionWords(item, layout);
  if (rejected === undefined) return resultLines(item, layout);
  return [
    `${rejected.slice(0, 1).toUpperCase()}${rejected.slice(1)}`,
    ...outcomeLine(item, room, layout),
    ...resultLines(item, layout),
  ];
}

/** What reports say of the work, with the fields that its type has. */
function resultLines(item: ChecklistItem, layout: Layout): readonly Detail[] {
  const { details, dependencies: names, files } = item;
  const isFile = (name: string) =>
    [files.created, files.modified, files.relevant].flat().includes(name);
  return [
    ...findingLines(item, room, layout),
    ...textLines(
      details.filter(({ field, text }) => field !== 'docs_created' || !isFile(text)),
      room,
      layout,
    ),
    ...(names.length === 0 ? [] : [{ label: 'Dependencies: ', names, most: room.files }]),
    ...fileLines(item, room),
  ];
}

function startOf({ startedAt }: ChecklistItem, at: string): string | undefined {
  return startedAt === null ? undefined : renderAgo(startedAt, at);
}

/** Gives each blocker a line of its own, so that a title cannot pass for another blocker. */
function blockerLines({ blockedBy }: ChecklistItem, layout: Layout): readonly string[] {
  const left = blockedBy.length - blockersShown;
  return [
    ...blockedBy.slice(0, blockersShown).map((blocker) => `Waits for: ${named(blocker, layout)}`),
    ...(left > 0 ? [`Waits for: +${left} more`] : []),
  ];
}

function named({ key, title }: { key: string; title: string | null }, layout: Layout): string {
  return title === null
    ? keyOf(key, layout)
    : `${titleOf(title, layout, 120)} (${keyOf(key, layout)})`;
}
