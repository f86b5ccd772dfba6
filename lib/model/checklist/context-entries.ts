import type { TaskContext } from '../task/input.ts';
import { entrySentence, wordsOf } from './entry-sentence.ts';

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
 * objects as JSON.
 */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wordsOf(value);
  const sentence = entrySentence(value as Readonly<Record<string, unknown>>);
  if (sentence !== undefined) return sentence;
  const between = Object.values(value).some(Array.isArray) ? '; ' : ', ';
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${part === null ? 'null' : wordsOf(part)}`)
    .join(between);
}
