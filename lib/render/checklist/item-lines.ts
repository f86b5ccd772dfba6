import type { ChecklistItem } from '../../model/answers/checklist.ts';
import { labelled, withoutLead } from '../../model/checklist/label.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import { type Layout, lineOf, type NameList } from './layout.ts';
import { nameOfAgent } from './line.ts';

/** How much of an item's details a view has room for. */
export interface DetailRoom {
  readonly findings: number;
  readonly files: number;
  /** Code points of each text. */
  readonly text: number;
}

/**
 * The outcome of a completed item. Each line below an item begins with docket's own word, so that
 * no text of others can pass for an item.
 */
export function outcomeLine(
  item: ChecklistItem,
  room: DetailRoom,
  layout: Layout,
): readonly string[] {
  const outcome = lineOf(firstParagraph(item.outcome ?? ''), room.text, layout);
  return outcome === '' ? [] : [`Outcome: ${withoutLead(outcome, ['Outcome'])}`];
}

/** What was noted last at a step under way. */
export function noteLine(
  { lastNote }: ChecklistItem,
  room: DetailRoom,
  layout: Layout,
): readonly string[] {
  return fact('Note: ', lineOf(lastNote ?? '', room.text, layout) || undefined);
}

/**
 * The findings in an item's reports, and how many are left out. Those of a review that is over say
 * of which round they are.
 */
export function findingLines(
  { type, findings, formerRound }: ChecklistItem,
  room: DetailRoom,
  layout: Layout,
): readonly string[] {
  const isFormer = ({ field }: { field: string }) =>
    formerRound !== null && (type === 'review' || field === 'issues_found');
  return textLines(
    findings.map((each) => (isFormer(each) ? { ...each, when: ` in round ${formerRound}` } : each)),
    room,
    layout,
  );
}

/** Texts with the words that say what they are, and how many are left out. */
export function textLines(
  said: readonly (ChecklistItem['findings'][number] & { readonly when?: string })[],
  room: DetailRoom,
  layout: Layout,
): readonly string[] {
  const lines = said.flatMap(({ field, text, when = '' }) => {
    const line = lineOf(text.includes('\n') ? firstParagraph(text) : text, room.text, layout);
    return line === '' ? [] : [labelled(field, line, when)];
  });
  const left = lines.length - room.findings;
  return [...lines.slice(0, room.findings), ...(left > 0 ? [`+${left} more`] : [])];
}

/** @param withDocuments names documents too, where no line of their own does. */
export function fileLines(
  { files, details }: ChecklistItem,
  room: DetailRoom,
  { withDocuments = false }: { readonly withDocuments?: boolean } = {},
): readonly NameList[] {
  const documents = withDocuments ? details.filter(({ field }) => field === 'docs_created') : [];
  const names = [
    ...new Set([
      ...files.created,
      ...files.modified,
      ...files.relevant,
      ...documents.map(({ text }) => text),
    ]),
  ];
  return names.length === 0 ? [] : [{ label: 'Files: ', names, most: room.files }];
}

/** `rejected by Code Review Agent, round 2`; undefined when it was not. */
export function rejectionWords({ rejection }: ChecklistItem, layout: Layout): string | undefined {
  if (rejection === null) return undefined;
  const by = rejection.by === null ? '' : ` by ${nameOfAgent(rejection.by, layout)}`;
  return `rejected${by}, round ${rejection.round}`;
}

/** A line of docket's own words and a text, where there is one. */
export function fact(words: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${words}${text}`];
}
