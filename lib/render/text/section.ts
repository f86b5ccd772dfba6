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

/** Counts what a list leaves out, and says how to see it: `+12 more: docket ready`. */
export function renderRest({ shown, total, totalLimit }: ListSize, how: string): readonly string[] {
  const left = total - shown;
  return left > 0 ? [`+${left}${total >= totalLimit ? '+' : ''} more: ${how}`] : [];
}
