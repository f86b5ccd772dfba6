import type { ChecklistItem } from '../../model/checklist-output.ts';
import { findingFields, verdictField } from './field-words.ts';
import { type Look, lineOf } from './look.ts';
import type { NameList } from './names.ts';

/** A line below an item. */
export type Detail = string | NameList;

/** How much of an item's details a view has room for. */
export interface DetailRoom {
  readonly findings: number;
  readonly files: number;
  /** Code points of each text. */
  readonly text: number;
}

const labels: ReadonlyMap<string, string> = new Map(
  [verdictField, ...findingFields].map(({ field, label }) => [field, label]),
);

/**
 * What is told below a completed item. Each line begins with a word of ours, so that no text of
 * others can pass for an item.
 */
export function outcomeLine(item: ChecklistItem, room: DetailRoom, look: Look): readonly string[] {
  const outcome = lineOf(item.outcome ?? '', room.text, look);
  return outcome === '' ? [] : [`Outcome: ${outcome}`];
}

/** What its reports say, and how much of that is left out. */
export function findingLines(
  { findings }: ChecklistItem,
  room: DetailRoom,
  look: Look,
): readonly string[] {
  const lines = findings.flatMap(({ field, text }) => {
    const line = lineOf(text, room.text, look);
    return line === '' ? [] : [`${labels.get(field) ?? 'Found'}: ${line}`];
  });
  const left = lines.length - room.findings;
  return [...lines.slice(0, room.findings), ...(left > 0 ? [`+${left} more`] : [])];
}

export function fileLines({ files }: ChecklistItem, room: DetailRoom): readonly NameList[] {
  const names = [...new Set([...files.created, ...files.modified, ...files.relevant])];
  return names.length === 0 ? [] : [{ label: 'Files: ', names, most: room.files }];
}
