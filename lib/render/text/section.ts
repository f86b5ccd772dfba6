import { renderHint } from './hint.ts';
import type { OutputStyle } from './style.ts';

/** Puts an empty line and a title before lines; without lines there is no section. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

/** Renders one named fact of a list: `status     ready`. */
export function renderFact(name: string, value: string): string {
  return `${name.padEnd(11)}${value}`;
}

/** How much of a list is shown. Counting stops at `totalLimit`. */
export interface ListSize {
  readonly shown: number;
  readonly total: number;
  readonly totalLimit: number;
}

/** A list as text, and apart from it the lines that say what it leaves out. */
export interface ListText {
  readonly text: string;
  readonly rest: readonly string[];
}

/** Counts what a list leaves out, and says how to see it: `+12 more`, `  try: docket ready`. */
export function renderRest(size: ListSize, command: string, style: OutputStyle): readonly string[] {
  const left = countRest(size);
  return left === undefined ? [] : [`+${left} more`, renderHint(command, style)];
}

/** Counts what a list leaves out: `12`, or `9950+` where counting stopped. */
export function countRest({ shown, total, totalLimit }: ListSize): string | undefined {
  const left = total - shown;
  return left > 0 ? `${left}${total >= totalLimit ? '+' : ''}` : undefined;
}
