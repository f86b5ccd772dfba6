import type { ChecklistAnswer, ChecklistItem } from '../../model/answers/checklist.ts';
import type { TaskView } from '../../model/answers/task.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import { findingLines, rejectionWords } from '../checklist/item-lines.ts';
import { type Layout, lineOf, signOf } from '../checklist/layout.ts';
import { nameOfAgent } from '../checklist/line.ts';
import { progressWords } from '../checklist/words.ts';
import { renderAgo } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderHint } from '../text/hint.ts';
import { renderKey } from '../text/key.ts';
import { markOf } from '../text/mark.ts';
import { paint } from '../text/style.ts';
import { displayWidth } from '../text/width.ts';
import { claimPaint, renderClaim } from './claim.ts';
import { type Fact, renderTitle } from './line.ts';

const issueRoom = { findings: 3, files: 0, text: 200 };

/** Who reads a checklist, and how they want it. */
export interface ChecklistReader extends Layout {
  readonly session: string;
  /** Whether each step shows its key. */
  readonly withKeys: boolean;
}

/**
 * Shows a checklist to a person at a terminal: a tree of steps with their marks, who is at them and
 * since when, what they wait for, and what came of them. Programs and models read the Markdown.
 */
export function renderChecklistTree(
  { task, subtasks, items, progress, at }: ChecklistAnswer,
  reader: ChecklistReader,
): string {
  const { style } = reader;
  const tasks = new Map([task, ...subtasks].map((each) => [each.key, each]));
  const title = lineOf(task.title, 500, reader) || '(no title)';
  const head = `${renderKey(task.key)}  ${renderTitle(title, [], { style, used: displayWidth(task.key) + 2 })}`;
  return [
    paint(style, 'bold', head),
    paint(style, 'dim', progressWords(progress)),
    ...items.flatMap((item) => renderItem(item, 0)),
    ...(task.status === 'completed'
      ? [renderHint(`docket checklist ${renderKey(task.key)} --summary`, style)]
      : []),
  ].join('\n');

  function renderItem(item: ChecklistItem, depth: number): readonly string[] {
    const { sign, facts, colour } = {
      sign: signOf(item.status, reader),
      facts: stepFacts(item, tasks.get(item.key), {
        layout: reader,
        work: workFacts(item, tasks.get(item.key), { ...reader, at }),
      }),
      colour: colourOf(tasks.get(item.key), item, reader),
    };
    const key = reader.withKeys ? renderKey(item.key) : '';
    const named = key === '' ? '' : `${paint(style, 'bold', key)}  `;
    const indent = '  '.repeat(depth);
    const used = displayWidth(`${indent}${sign} ${key === '' ? '' : `${key}  `}`);
    const name = lineOf(item.title, 500, reader) || '(no title)';
    const outcome = lineOf(firstParagraph(item.outcome ?? ''), 500, reader);
    const issues = item.rejection === null ? [] : findingLines(item, issueRoom, reader);
    return [
      [
        `${indent}${paint(style, colour, sign)} `,
        `${named}${renderTitle(name, facts, { style, used })}`,
      ].join(''),
      ...[...(outcome === '' ? [] : [outcome]), ...issues].map(
        (text) =>
          `${indent}    ${paint(style, 'dim', renderTitle(text, [], { style, used: used + 2 }))}`,
      ),
      ...item.items.flatMap((each) => renderItem(each, depth + 1)),
    ];
  }
}

function colourOf(task: TaskView | undefined, item: ChecklistItem, reader: ChecklistReader) {
  const claim = item.status === 'in_progress' ? (task?.claim ?? null) : null;
  return claim === null ? markOf(item.status).paint : claimPaint(claim, reader);
}

/** Says how far a step is, who is or was at it (`work`), and what keeps it. */
export function stepFacts(
  item: ChecklistItem,
  task: TaskView | undefined,
  { layout, work }: { readonly layout: Layout; readonly work: readonly Fact[] },
): readonly Fact[] {
  const facts: Fact[] = [];
  const reason = lineOf(item.reason ?? '', 120, layout);
  const progress = task?.progress ?? null;
  const rejected = rejectionWords(item, layout);
  if (item.priority === 0 && item.status !== 'completed') facts.push({ text: 'P0', paint: 'red' });
  if (progress !== null && progress.total > 0) facts.push(`${progress.done} of ${progress.total}`);
  facts.push(...work);
  if (item.status === 'blocked' && reason !== '') {
    facts.push({ text: `blocked: ${reason}`, paint: 'red' });
  }
  if (item.status === 'cancelled' && reason !== '') facts.push(reason);
  if (rejected !== undefined) facts.push({ text: rejected, paint: 'yellow' });
  if (item.status === 'pending' && item.blockedBy.length > 0) facts.push(needsText(item, layout));
  return facts;
}

/** Says who is at a step and since when, or who did it, how long it took and when that was. */
function workFacts(
  item: ChecklistItem,
  task: TaskView | undefined,
  reader: ChecklistReader & { readonly at: string },
): readonly Fact[] {
  const { at, session } = reader;
  const claim = task?.claim ?? null;
  if (claim !== null) {
    return [{ text: renderClaim(claim, { session, at }), paint: claimPaint(claim, reader) }];
  }
  if (item.status !== 'completed' || item.items.length > 0) return [];
  return [
    ...(item.agent === null ? [] : [nameOfAgent(item.agent, reader)]),
    ...(item.minutes === null ? [] : [renderMinutes(item.minutes)]),
    ...(task?.completedAt ? [renderAgo(task.completedAt, at)] : []),
  ];
}

function needsText({ blockedBy }: ChecklistItem, layout: Layout): string {
  const [first, ...others] = blockedBy.map(({ key, title }) =>
    title === null ? renderKey(key) : lineOf(title, 40, layout),
  );
  return `needs ${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
}
