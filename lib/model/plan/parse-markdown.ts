import { DocketError } from '../errors.ts';
import { TaskType } from '../task/task.ts';
import { planHint as hint } from './plan-hint.ts';

const heading = /^#{1,6}\s+(.*?)(?:\s+#+)?\s*$/;
const bullet = /^\s*(?:[-*+]|\d+[.)])\s+(?:\[([ xX])\](?:\s+|$))?(.*)$/;
const fence = /^\s*(?:```|~~~)/;
/** Matches the type of the work at the end of an item: `Review the code (review)`. */
const typed = new RegExp(`^(.*\\S)\\s+\\((${TaskType.options.join('|')})\\)$`, 'i');
const rule = /^\s*([-*_])(?:\s*\1){2,}\s*$/;

/** A checklist's parts as they were written, not yet checked against the schema of a plan. */
export interface Checklist {
  readonly title?: string;
  readonly description?: string;
  readonly subtasks: readonly {
    readonly title: string;
    readonly task_type?: string;
    readonly description?: string;
  }[];
}

/**
 * Reads a Markdown checklist: a `# Title` line and `- [ ] item` lines, which may end with the type
 * of the work in brackets, as in `- [ ] Review it (review)`. Other lines describe the item before
 * them; so do bullets without a box, where other bullets have one.
 *
 * @throws DocketError `invalid_input` with the line and the reason.
 */
export function readChecklist(text: string, { needsTitle }: { needsTitle: boolean }): Checklist {
  const lines = readLines(text);
  const hasBoxes = lines.some(({ box }) => box);
  let title: string | undefined;
  const description: string[] = [];
  const subtasks: { title: string; details: string[] }[] = [];
  for (const { number, text, headingText, bulletText, box, isDone } of lines) {
    if (headingText !== undefined) {
      if (title !== undefined) throw lineError(number, 'a second heading; one plan has one title');
      if (subtasks.length > 0) throw lineError(number, 'a heading below the items');
      title = headingText;
    } else if (bulletText !== undefined && (box || !hasBoxes)) {
      if (bulletText === '') throw lineError(number, 'the item has no text');
      if (isDone) throw lineError(number, 'the item is done already: leave it out');
      subtasks.push({ title: bulletText, details: [] });
    } else {
      (subtasks.at(-1)?.details ?? description).push(text);
    }
  }
  if (needsTitle && title === undefined) throw missing('"# Title"');
  if (subtasks.length === 0) throw missing('"- [ ] item"');
  return {
    ...(needsTitle && title !== undefined ? { title } : {}),
    ...(needsTitle ? described(description) : {}),
    subtasks: subtasks.map(({ title, details }) => ({ ...kindOf(title), ...described(details) })),
  };
}

interface Line {
  readonly number: number;
  readonly text: string;
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
      lines.push({ number, text: line.trimEnd(), box: false, isDone: false });
    } else if (line.trim() !== '' && !rule.test(line)) {
      const [, box, bulletText] = bullet.exec(line) ?? [];
      lines.push({
        number,
        text: line.trim(),
        headingText: heading.exec(line)?.[1],
        bulletText: bulletText?.trim(),
        box: box !== undefined,
        isDone: box?.toLowerCase() === 'x',
      });
    }
  }
  return lines;
}

function kindOf(item: string): { readonly title: string; readonly task_type?: string } {
  const [, title, type] = typed.exec(item) ?? [];
  return title === undefined || type === undefined
    ? { title: item }
    : { title, task_type: type.toLowerCase() };
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
