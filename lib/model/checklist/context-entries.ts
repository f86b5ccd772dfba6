import type { TaskContext } from '../task/input.ts';

/** The texts of one field of a context, whatever shape its author gave it; none when it is empty. */
export function entriesOf(context: TaskContext, field: string): readonly string[] {
  return Object.hasOwn(context, field) ? textsOf(context[field]) : [];
}

/** The texts of several fields, each text once. */
export function entriesOfAll(context: TaskContext, fields: readonly string[]): readonly string[] {
  return [...new Set(fields.flatMap((field) => entriesOf(context, field)))];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== '') : textsOf([value]);
}

/** One text: an object as `name: value, name: value`, what lies deeper as JSON. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join(', ');
}
