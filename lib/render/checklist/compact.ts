import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { terminalPrefix } from '../../model/liveness.ts';
import { renderMinutes } from '../text/duration.ts';
import { statusWords } from '../text/mark.ts';
import { paint } from '../text/style.ts';
import {
  type DetailRoom,
  fileLines,
  findingLines,
  noteLine,
  outcomeLine,
  rejectionWords,
} from './item-lines.ts';
import type { Detail } from './layout.ts';
import { countItems, keyOf, type Layout, lineOf, mostItems } from './layout.ts';
import { headingLine, nameOfAgent, renderItems } from './line.ts';
import { progressWords } from './words.ts';

const room: DetailRoom = { findings: 3, files: 4, text: 160 };

/** Limits the lines below all items; a long list keeps its latest results. */
const mostDetails = 60;

/** Shows the progress, one line an item, with the findings of completed ones. */
export function renderCompact(
  checklist: Checklist,
  layout: Layout,
  {
    withKeys = false,
    session = terminalPrefix,
  }: { readonly withKeys?: boolean; readonly session?: string } = {},
): readonly string[] {
  const details = keepDetails(checklist.items, layout);
  const isUpdate = !session.startsWith(terminalPrefix);
  return [
    isUpdate
      ? headingLine('Progress Update', checklist, layout)
      : paint(layout.style, 'bold', '## Progress'),
    ...renderItems(
      checklist.items,
      {
        label: ({ key }) => (withKeys ? `${keyOf(key, layout)} ` : ''),
        tail: (item) => stateOf(item, layout),
        details: (item) => details.shown.get(item.key) ?? [],
      },
      layout,
    ),
    ...restLines(checklist, details.left, layout),
  ];
}

function stateOf(item: ChecklistItem, layout: Layout): string | undefined {
  const words = statusWords(item.status);
  const rejected = rejectionWords(item, layout);
  switch (item.status) {
    case 'pending':
      return rejected;
    case 'in_progress': {
      const work = item.agent === null ? words : `${words} - ${nameOfAgent(item.agent, layout)}`;
      return [work, ...(rejected === undefined ? [] : [rejected])].join('; ');
    }
    case 'completed':
      return item.minutes === null ? words : `${words} - ${renderMinutes(item.minutes)}`;
    default: {
      const reason = lineOf(item.reason ?? '', 120, layout);
      return reason === '' ? words : `${words}: ${reason}`;
    }
  }
}

function keepDetails(items: readonly ChecklistItem[], layout: Layout) {
  const shown = new Map<string, readonly Detail[]>();
  let used = 0;
  let left = 0;
  for (const item of flatten(items).toReversed()) {
    const isTold = item.status === 'completed' || item.rejection !== null;
    if (!isTold && item.lastNote === null) continue;
    // What a container's context adds to that stands below it, item by item.
    const isContainer = item.items.length > 0;
    const lines = [
      ...noteLine(item, room, layout),
      ...(isTold ? outcomeLine(item, room, layout) : []),
      ...(isContainer || !isTold ? [] : findingLines(item, room, layout)),
      ...(isContainer || !isTold ? [] : fileLines(item, room, { withDocuments: true })),
    ];
    if (lines.length === 0) continue;
    if (used + lines.length > mostDetails) left += 1;
    else shown.set(item.key, lines);
    used += lines.length;
  }
  return { shown, left };
}

function flatten(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.flatMap((item) => [item, ...flatten(item.items)]);
}

/** Counts what is left out, and names the command that shows it. */
function restLines(
  { key, items, status, progress }: Checklist,
  withoutDetails: number,
  layout: Layout,
): readonly string[] {
  const command = `docket checklist ${keyOf(key, layout)}`;
  const rest: string[] = [];
  if (countItems(items) > mostItems) rest.push(`All ${countItems(items)}: ${command} --json`);
  if (withoutDetails > 0) {
    rest.push(`Results of ${withoutDetails} more: ${command} --detailed`);
  }
  if (status === 'completed') {
    const done = progress.cancelled === 0 ? 'All done' : `Closed, ${progressWords(progress)}`;
    rest.push(`${done}. What came of it: ${command} --summary`);
  }
  return rest.length === 0 ? [] : ['', ...rest];
}
