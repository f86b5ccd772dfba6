import type { ChecklistItem } from '../../model/answers/checklist.ts';
import type { RunView } from '../../model/answers/run.ts';
import type { TaskView } from '../../model/answers/task.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import { minutesOf } from '../../model/run/run.ts';
import { findingLines, noteLine } from '../checklist/item-lines.ts';
import { type Layout, lineOf, signOf } from '../checklist/layout.ts';
import { nameOfAgent, titleOf } from '../checklist/line.ts';
import { progressWords } from '../checklist/words.ts';
import { stepFacts } from '../task/checklist.ts';
import { renderClaim } from '../task/claim.ts';
import type { Fact } from '../task/line.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { markOf } from '../text/mark.ts';
import { renderDollars } from '../text/money.ts';
import type { OutputStyle } from '../text/style.ts';
import { renderRunner } from '../text/who.ts';
import { type Span, wrapSpans } from '../text/wrap.ts';
import { fitSteps, type LeftOut, type StepLines } from './fit-steps.ts';
import { attemptWords } from './lines.ts';
import { type LiveRemark, spellRemark } from './live-remark.ts';

/** A plan that agents work at, as it was read last. */
export interface LiveRun {
  readonly checklist: Checklist;
  /** Its tasks, by key. */
  readonly tasks: ReadonlyMap<string, TaskView>;
  /** The runs at all of them, oldest first. */
  readonly runs: readonly RunView[];
  /** The time now, by the database's clock. */
  readonly now: string;
  readonly remark: LiveRemark;
}

/** Rows from which there is room for more than the steps. */
const lowest = 16;

/** The lines that each of these may have, so that no text of others takes the screen for itself. */
interface MostLines {
  readonly title: number;
  readonly step: number;
  readonly detail: number;
  readonly remark: number;
}

const mostLines: Readonly<Record<'low' | 'high', MostLines>> = {
  low: { title: 1, step: 2, detail: 1, remark: 2 },
  high: { title: 2, step: 4, detail: 3, remark: 4 },
};

const room = { findings: 3, files: 0, text: 200 };

/**
 * Paints a plan with its steps: who works at each, for how long and for how much, what was noted
 * last and what came of it. Lines are broken at words; where they are more than the terminal has
 * rows, those that matter most are shown and the others are counted.
 */
export function renderLiveRun(live: LiveRun, style: OutputStyle): readonly string[] {
  const { checklist, remark } = live;
  const rows = style.height ?? Number.POSITIVE_INFINITY;
  // On a low terminal the steps come before a long title and the usual remark.
  const isLow = rows < lowest;
  const most = style.height === undefined ? undefined : isLow ? mostLines.low : mostLines.high;
  const drawing = { live, style, layout: { style, ascii: false }, most };
  const head = headLines(drawing);
  const foot = isLow && remark.kind === 'working' ? [] : remarkLines(remark, drawing);
  const steps = inOrder(checklist.items).flatMap(stepsBelow(drawing));
  const rest = (left: LeftOut) => wrapSpans([restSpan(left, checklist.key)], { style, hang: 2 });
  return [...head, ...fitSteps(steps, rows - head.length - foot.length, rest), ...foot];
}

interface Drawing {
  readonly live: LiveRun;
  readonly style: OutputStyle;
  readonly layout: Layout;
  /** Undefined where everything has as many lines as it needs. */
  readonly most: MostLines | undefined;
}

function headLines({
  live: { checklist, runs, now },
  style,
  layout,
  most,
}: Drawing): readonly string[] {
  const passed = Date.parse(now) - Date.parse(checklist.at);
  const workedMs = runs.reduce(
    (sum, { activeMs, status }) => sum + activeMs + (status === 'running' ? passed : 0),
    0,
  );
  const title = `${renderKey(checklist.key)}  ${titleOf(checklist.title, layout)}`;
  const facts = [
    progressWords(checklist.progress),
    ...(runs.length === 0 ? [] : [renderMinutes(minutesOf(workedMs))]),
    ...costOf(runs),
  ];
  return [
    ...wrapSpans([{ text: title, paint: 'bold' }], { style, hang: 2, most: most?.title }),
    ...wrapSpans([{ text: facts.join(', '), paint: 'dim' }], { style, hang: 2, most: most?.title }),
  ];
}

/** Leaves out what the order of the steps says: that one needs the one before it. */
function inOrder(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.map((item, index) => ({
    ...item,
    blockedBy: item.blockedBy.filter(({ key }) => key !== items[index - 1]?.key),
    items: [...inOrder(item.items)],
  }));
}

/** Adds up what runs cost, in millionths, where that is known of any. */
function costOf(runs: readonly RunView[]): readonly string[] {
  const known = runs.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]));
  if (known.length === 0) return [];
  return [renderDollars(known.reduce((sum, cost) => sum + Math.round(cost * 1e6), 0) / 1e6)];
}

/** Gives a function that lists an item and those below it, from the top. */
function stepsBelow(drawing: Drawing): (item: ChecklistItem) => readonly StepLines[] {
  let place = 0;
  return (item) => list(item, []);

  function list(item: ChecklistItem, containers: readonly number[]): readonly StepLines[] {
    const step = {
      ...linesOf(item, containers.length, drawing),
      status: item.status,
      containers,
      isContainer: item.items.length > 0,
    };
    const above = [...containers, place];
    place += 1;
    return [step, ...item.items.flatMap((each) => list(each, above))];
  }
}

function linesOf(
  item: ChecklistItem,
  depth: number,
  { live, style, layout, most }: Drawing,
): Pick<StepLines, 'head' | 'details'> {
  const indent = '  '.repeat(Math.min(depth, Math.floor((style.width ?? 80) / 6)));
  const work = workFacts(item, live, layout);
  const facts = stepFacts(item, live.tasks.get(item.key), { layout, work });
  const head: readonly Span[] = [
    { text: indent },
    { text: signOf(item.status, layout), paint: markOf(item.status).paint },
    { text: ` ${titleOf(item.title, layout)}` },
    ...factSpans(facts),
  ];
  const below = `${indent}    `;
  return {
    head: wrapSpans(head, { style, hang: below.length, most: most?.step }),
    details: detailsOf(item, layout).flatMap((text) =>
      wrapSpans([{ text: `${below}${text}`, paint: 'dim' }], {
        style,
        hang: below.length,
        most: most?.detail,
      }),
    ),
  };
}

function factSpans(facts: readonly Fact[]): readonly Span[] {
  const dim = (text: string) => ({ text, paint: 'dim' as const });
  const spans = facts.flatMap((fact, index) => [
    dim(index === 0 ? '  (' : '; '),
    typeof fact === 'string' ? dim(fact) : fact,
  ]);
  return spans.length === 0 ? [] : [...spans, dim(')')];
}

/** Says who works at a step, in which round and for how long, or who did it, and what it cost. */
function workFacts(item: ChecklistItem, live: LiveRun, layout: Layout): readonly Fact[] {
  const own = live.runs.filter(({ task }) => task === item.key);
  const running = own.findLast(({ status }) => status === 'running');
  const cost = costOf(own);
  if (item.items.length > 0) return [];
  if (running !== undefined) {
    const workedMs = Date.parse(live.now) - Date.parse(running.startedAt);
    const who = [renderRunner(running), ...attemptWords(running)].join(', ');
    return [{ text: who, paint: 'cyan' }, renderMinutes(minutesOf(workedMs)), ...cost];
  }
  const claim = live.tasks.get(item.key)?.claim ?? null;
  if (claim !== null) return [renderClaim(claim, { session: '', at: live.now }), ...cost];
  if (item.status !== 'completed') return cost;
  const { agent, approvedBy, minutes } = item;
  return [
    ...(agent === null ? [] : [nameOfAgent(agent, layout)]),
    ...(approvedBy === null ? [] : [`approved by ${nameOfAgent(approvedBy, layout)}`]),
    ...(minutes === null ? [] : [renderMinutes(minutes)]),
    ...cost,
  ];
}

/** Says what came of a step, why it was sent back, and what was noted last while it is under way. */
function detailsOf(item: ChecklistItem, layout: Layout): readonly string[] {
  const isRejected = item.rejection !== null;
  const outcome = lineOf(firstParagraph(item.outcome ?? ''), room.text, layout);
  return [
    ...(item.status !== 'completed' || outcome === '' ? [] : [outcome]),
    ...(isRejected ? findingLines(item, room, layout) : []),
    ...noteLine(item, room, layout),
  ];
}

function restSpan({ steps, details }: LeftOut, key: string): Span {
  const more = [
    ...(steps === 0 ? [] : [`+${steps} more ${steps === 1 ? 'step' : 'steps'}`]),
    ...(details === 0 ? [] : [`+${details} more ${details === 1 ? 'result' : 'results'}`]),
  ];
  return { text: `${more.join(', ')}: docket checklist ${renderKey(key)}`, paint: 'dim' };
}

function remarkLines(remark: LiveRemark, { live, style, most }: Drawing): readonly string[] {
  const { checklist, now } = live;
  const [text, colour] = spellRemark(remark, { key: renderKey(checklist.key), now });
  const lines = wrapSpans([{ text, paint: colour }], { style, hang: 2, most: most?.remark });
  return text === '' ? [] : ['', ...lines];
}
