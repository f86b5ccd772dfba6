import { type ChecklistPart, type FieldType, findField } from './fields.ts';

const lists: ReadonlySet<FieldType> = new Set(['texts', 'entries', 'insights', 'titles']);
const paths: ReadonlySet<ChecklistPart> = new Set(['created', 'modified', 'relevant']);

/**
 * Takes a report as models write it: null says nothing, and one thing alone stands for a list of
 * it. A value of another shape stays as it is, to be named as wrong.
 */
export function tidyReport(report: unknown): unknown {
  if (typeof report !== 'object' || report === null || Array.isArray(report)) return report;
  const said = Object.entries(report).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([name, value]) => [name, tidyField(name, value)]));
}

function tidyField(name: string, value: unknown): unknown {
  const { type, part } = findField(name);
  if (type === undefined || !lists.has(type)) return value;
  if (!Array.isArray(value)) return value === '' ? [] : tidyList([value], part);
  return tidyList(value, part);
}

/** Gives each path once, without the `./` that some write before it. */
function tidyList(list: readonly unknown[], part: ChecklistPart | undefined): readonly unknown[] {
  if (part === undefined || !paths.has(part)) return list;
  const plain = list.map((item) =>
    typeof item === 'string' ? item.replace(/^(?:\.\/+)+(?=.)/, '') : item,
  );
  return [...new Set(plain)];
}
