import { DocketError } from '../errors.ts';
import { TaskType } from '../task/task.ts';
import { planHint as hint } from './plan-hint.ts';

const heading = /^(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/;
const bullet = /^(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\](?:\s+|$))?(.*)$/;
const fence = /^\s*(?:```|~~~)/;
/** Matches what is said of an item at its end: `Review the code (review; needs 1, 2)`. */
const remark = /^(.*\S)\s+\(([^()]+)\)$/;
/** A title that every plan could have: what it is of stands in the sentence that announces it. */
const anyPlan =
  /^(?:the |my |our )?(?:(?:implementation|task|project|work|action) )?(?:plan|breakdown|checklist|steps|tasks)$/i;
/** Matches the seed's way to announce a checklist: `I'll set up NAS monitoring in these steps:`. */
const announcement =
  /^(?:(?:I|We)(?:'ll|’ll| will)|Let me|Let's|Let’s) (.*\S) in these steps\s*[:.]?$/i;
const rule = /^\s*([-*_])(?:\s*\1){2,}\s*$/;

interface ItemFacts {
  readonly task_type?: string;
  readonly needs?: readonly number[];
  readonly assigned_agent?: string;
}

interface ChecklistItem extends ItemFacts {
  readonly title: string;
  readonly description?: string;
  readonly subtasks?: readonly ChecklistItem[];
}

/** A checklist's parts as they were written, not yet checked against the schema of a plan. */
export interface Checklist {
  readonly title?: string;
  readonly description?: string;
  readonly subtasks: readonly ChecklistItem[];
}

/** An item while its lines are read. */
interface OpenItem {
  readonly title: string;
  /** The columns before its text; less than any item's for a heading, the less the higher it is. */
  readonly indent: number;
  readonly number: number;
  readonly details: string[];
  readonly items: OpenItem[];
}

/** Spaces that an item stands further in than the one it belongs to, at least. */
const step = 2;

/** What makes the level of a heading an indent that no item has. */
const headingIndent = -100;

/**
 * Reads a Markdown checklist: a `# Title` line and `- [ ] item` lines, which may end with the type
 * of the work, the numbers of the steps beside it that it needs, and the agent it is meant for in
 * brackets, as in `- [ ] Review it (review; needs 1, 2; agent: Code Review Agent)`. An item that
 * stands further in belongs to the one before it, and the items below a heading such as `## Phase`
 * belong to that. Other lines describe the item before them; so do bullets without a box, where
 * other bullets have one.
 *
 * @throws DocketError `invalid_input` with the line and the reason.
 */
export function readChecklist(text: string, { needsTitle }: { needsTitle: boolean }): Checklist {
  const lines = readLines(text);
  const hasBoxes = lines.some(({ box }) => box);
  const titleLine = findTitle(lines, { needsTitle });
  const description: string[] = [];
  const items: OpenItem[] = [];
  // The item read last with those it belongs to, the outermost first.
  const open: OpenItem[] = [];
  for (const { number, text, indent, headingText, bulletText, box, isDone } of lines) {
    if (number === titleLine?.number) continue;
    if (headingText !== undefined) {
      const phase = { title: headingText, indent, number, details: [], items: [] };
      while ((open.at(-1)?.indent ?? headingIndent) >= indent) open.pop();
      (open.at(-1)?.items ?? items).push(phase);
      open.push(phase);
    } else if (bulletText !== undefined && (box || !hasBoxes)) {
      if (bulletText === '') throw lineError(number, 'the item has no text');
      if (isDone) throw lineError(number, 'the item is done already: leave it out');
      const item = { title: bulletText, indent, number, details: [], items: [] };
      while ((open.at(-1)?.indent ?? -step) > indent - step) open.pop();
      (open.at(-1)?.items ?? items).push(item);
      open.push(item);
    } else {
      (open.at(-1)?.details ?? description).push(text);
    }
  }
  const announced = anyPlan.test(titleLine?.headingText ?? '') ? findAnnounced(description) : null;
  const title = announced?.title ?? titleLine?.headingText;
  if (needsTitle && title === undefined) throw missing('"# Title"');
  if (items.length === 0) throw missing('"- [ ] item"');
  return {
    ...(needsTitle && title !== undefined ? { title } : {}),
    ...(needsTitle ? described(announced?.others ?? description) : {}),
    subtasks: items.map(closeItem),
  };
}

/** Finds what a description announces the steps of, and what else it says. */
function findAnnounced(description: readonly string[]) {
  const index = description.findIndex((line) => announcement.test(line));
  const [, what] = announcement.exec(description[index] ?? '') ?? [];
  if (what === undefined) return null;
  const title = `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
  return { title, others: description.toSpliced(index, 1) };
}

/**
 * Finds the title among the headings: the first one, where all others stand below it. A plan has
 * one; subtasks for a task that is there already may be phases alone.
 */
function findTitle(
  lines: readonly Line[],
  { needsTitle }: { readonly needsTitle: boolean },
): Line | undefined {
  const [first, ...others] = lines.filter(({ headingText }) => headingText !== undefined);
  if (first === undefined) return undefined;
  const second = others.find(({ indent }) => indent <= first.indent);
  const isBelow = lines.some(({ number, bulletText }) => bulletText && number < first.number);
  if (second === undefined && !isBelow) return first;
  if (!needsTitle) return undefined;
  if (isBelow) throw lineError(first.number, 'the title stands below items; it comes first');
  const number = second?.number ?? first.number;
  throw lineError(number, 'a second title; a heading with more # makes a phase of the plan');
}

function closeItem({ title, indent, number, details, items }: OpenItem): ChecklistItem {
  if (indent < 0 && items.length === 0) {
    throw lineError(number, `no items below the heading; a step is written "- [ ] ${title}"`);
  }
  return {
    ...readItem(title),
    ...described(details),
    ...(items.length === 0 ? {} : { subtasks: items.map(closeItem) }),
  };
}

interface Line {
  readonly number: number;
  readonly text: string;
  /** The columns of white space before the text; a tab goes to the next multiple of four. */
  readonly indent: number;
  readonly headingText?: string | undefined;
  readonly bulletText?: string | undefined;
  readonly box: boolean;
  readonly isDone: boolean;
}

/**
 * Splits a text into lines without blank ones. Inside a code fence nothing is a heading or a
 * bullet.
 */
function readLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let isCode = false;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const number = index + 1;
    const isFence = fence.test(line);
    if (isCode || isFence) {
      if (isFence) isCode = !isCode;
      lines.push({ number, text: line.trimEnd(), indent: 0, box: false, isDone: false });
    } else if (line.trim() !== '' && !rule.test(line)) {
      const text = line.trim();
      const [, box, bulletText] = bullet.exec(text) ?? [];
      const [, marks, headingText] = heading.exec(line) ?? [];
      lines.push({
        number,
        text,
        indent: marks === undefined ? indentOf(line) : headingIndent + marks.length,
        headingText,
        bulletText: bulletText?.trim(),
        box: box !== undefined,
        isDone: box?.toLowerCase() === 'x',
      });
    }
  }
  return lines;
}

function indentOf(line: string): number {
  const [space = ''] = /^\s*/.exec(line) ?? [];
  return [...space].reduce((at, each) => (each === '\t' ? at + 4 - (at % 4) : at + 1), 0);
}

/** Reads an item; brackets that say anything else, or one thing twice, belong to its title. */
function readItem(item: string): ItemFacts & { readonly title: string } {
  const [, title, inner] = remark.exec(item) ?? [];
  if (title === undefined || inner === undefined) return { title: item };
  const facts = inner.split(';').map((part) => readFact(part.trim()));
  const names = new Set(facts.flatMap((fact) => Object.keys(fact)));
  return names.size === facts.length ? Object.assign({ title }, ...facts) : { title: item };
}

function readFact(part: string): ItemFacts {
  const type = part.toLowerCase();
  if (TaskType.options.some((each) => each === type)) return { task_type: type };
  const [, needs] = /^needs (\d{1,4}(?:\s*,\s*\d{1,4})*)$/i.exec(part) ?? [];
  if (needs !== undefined) return { needs: needs.split(',').map(Number) };
  const [, agent] = /^agent:\s*(\S.*)$/i.exec(part) ?? [];
  return agent === undefined ? {} : { assigned_agent: agent };
}

function described(lines: readonly string[]): { readonly description?: string } {
  return lines.length === 0 ? {} : { description: lines.join('\n') };
}

function missing(what: string): DocketError {
  return new DocketError('invalid_input', `plan: no ${what} line`, { hint });
}

function lineError(number: number, reason: string): DocketError {
  return new DocketError('invalid_input', `plan: line ${number}: ${reason}`, { hint });
}
