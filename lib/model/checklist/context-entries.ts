import type { TaskContext } from '../task/input.ts';
import { entrySentence } from './entry-sentence.ts';

/** Reads the texts of one field of a context, whatever shape its author gave it. */
export function entriesOf(context: TaskContext, field: string): readonly string[] {
  return Object.hasOwn(context, field) ? textsOf(context[field]) : [];
}

/** Reads the texts of several fields, each text once. */
export function entriesOfAll(context: TaskContext, fields: readonly string[]): readonly string[] {
  return [...new Set(fields.flatMap((field) => entriesOf(context, field)))];
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(textOf).filter((text) => text !== '') : textsOf([value]);
}

/**
 * Renders a value as one text: an object as a sentence, or as `name: value, name: value`; deeper
 * values as JSON.
 */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return JSON.stringify(value);
  const sentence = entrySentence(value as Readonly<Record<string, unknown>>);
  if (sentence !== undefined) return sentence;
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join(', ');
}
