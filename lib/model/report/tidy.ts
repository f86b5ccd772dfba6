import { type FieldType, findField } from './fields.ts';

const lists: ReadonlySet<FieldType> = new Set(['texts', 'entries', 'insights', 'titles']);

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
  const { type } = findField(name);
  if (type === undefined || !lists.has(type) || Array.isArray(value)) return value;
  return value === '' ? [] : [value];
}
