import { equal, ok } from 'node:assert/strict';

const sections = ['In progress', 'Blocked', 'Ready', 'Waiting'] as const;

/** How Claude Code labels what hooks tell the model. */
export const fromHooks = /hook (?:additional context|success)/;

export type Section = (typeof sections)[number];

/** A prompt's task list as the model reads it: the lines of each section. */
export interface ListBlock {
  readonly text: string;
  readonly lines: Readonly<Record<Section, readonly string[]>>;
}

/** The one task list in a prompt's context; fails when there is none, or more than one. */
export function readBlock(context: string): ListBlock {
  const found = context.match(/<docket [\s\S]*?<\/docket>/g) ?? [];
  equal(found.length, 1, `expected one task list in:\n${hookPart(context)}`);
  const text = found[0] ?? '';
  const lines: Record<Section, string[]> = {
    'In progress': [],
    Blocked: [],
    Ready: [],
    Waiting: [],
  };
  let current: Section | undefined;
  for (const line of text.split('\n')) {
    const heading = sections.find((each) => line === each || line.startsWith(`${each},`));
    if (heading !== undefined) current = heading;
    else if (current !== undefined && line.startsWith('- ')) lines[current].push(line);
  }
  return { text, lines };
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
