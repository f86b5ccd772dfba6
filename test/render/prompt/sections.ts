export interface Section {
  readonly heading: string;
  readonly shown: number;
  readonly more: string | undefined;
  readonly plans: number;
}

/** Reads a block as its lines say, and refuses any line that is none of docket's own. */
export function sectionsOf(block: string): readonly Section[] {
  const lines = block.split('\n').slice(2, -2);
  const sections: { heading: string; shown: number; more: string | undefined; plans: number }[] =
    [];
  for (const line of lines) {
    const last = sections.at(-1);
    if (/^(In progress|Abandoned|Blocked|Ready(, \d+ of \d+\+?)?|Waiting: \d+\+?)$/.test(line)) {
      sections.push({ heading: line, shown: 0, more: undefined, plans: 0 });
    } else if (
      last !== undefined &&
      !/^(?: {2})?- /.test(line) &&
      / \(.*, \d+ of \d+\)$/.test(line)
    ) {
      last.plans += 1;
    } else if (last !== undefined && last.more === undefined && /^(?: {2})?- /.test(line)) {
      last.shown += 1;
    } else if (last !== undefined && /^\+\d+ (more|or more)(: docket [a-z_ -]+)?$/.test(line)) {
      last.more = line;
    } else {
      throw new Error(`a line that is nobody's: ${line}`);
    }
  }
  return sections;
}
