import { equal, ok } from 'node:assert/strict';

const sections = ['In progress', 'Abandoned', 'Blocked', 'Ready', 'Waiting', 'Done'] as const;

/** How Claude Code labels what hooks tell the model. */
export const fromHooks = /hook (?:additional context|success)/;

export type Section = (typeof sections)[number];

/** The section of the list that a line of changes is about. */
const changes: readonly (readonly [RegExp, Section])[] = [
  [/^- (?:Claimed|Taken from you|In progress|Noted)\b/, 'In progress'],
  [/^- Abandoned: /, 'Abandoned'],
  [/^- Blocked\b/, 'Blocked'],
  [/^- (?:Now ready: |(?:Released|Unblocked|Reopened) by )/, 'Ready'],
  [/^- Waits again: /, 'Waiting'],
  [/^- (?:Done|Cancelled) by /, 'Done'],
];

/** A prompt's task list as the model reads it, whole or what has changed: its lines by section. */
export interface ListBlock {
  readonly text: string;
  readonly isWhole: boolean;
  readonly lines: Readonly<Record<Section, readonly string[]>>;
}

/** The one task list in a prompt's context; fails when there is none, or more than one. */
export function readBlock(context: string): ListBlock {
  const found = context.match(/<docket [\s\S]*?<\/docket>/g) ?? [];
  equal(found.length, 1, `expected one task list in:\n${hookPart(context)}`);
  const text = found[0] ?? '';
  const isWhole = !text.includes('\nChanged since your last prompt');
  const lines = Object.fromEntries(sections.map((each): [Section, string[]] => [each, []]));
  let current: Section | undefined;
  for (const line of text.split('\n')) {
    const heading = sections.find((each) => line === each || line.startsWith(`${each},`));
    if (heading !== undefined) current = heading;
    if (!/^(?: {2})?- /.test(line)) continue;
    const section = isWhole ? current : changes.find(([start]) => start.test(line))?.[1];
    if (section !== undefined) lines[section]?.push(line);
  }
  return { text, isWhole, lines: lines as Record<Section, string[]> };
}

/** Fails unless a section of a prompt's list has a line with all these words. */
export function assertListed(context: string, section: Section, ...words: readonly string[]): void {
  const { text, lines } = readBlock(context);
  ok(
    lines[section].some((line) => words.every((word) => line.includes(word))),
    `expected ${JSON.stringify(words)} under "${section}" in:\n${text}`,
  );
}

export function assertNotListed(context: string, words: string): void {
  const { text } = readBlock(context);
  ok(!text.includes(words), `did not expect "${words}" in:\n${text}`);
}

// The CLI's own context is long and comes before what hooks say.
function hookPart(context: string): string {
  const start = context.search(/\w+ hook additional context/);
  return start === -1 ? context.slice(-200) : context.slice(start);
}
