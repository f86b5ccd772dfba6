import { findField } from '../report/fields.ts';
import type { TaskContext } from '../task/input.ts';
import { entrySentence, wordsOf } from './entry-sentence.ts';

/** Reads the texts of one field of a context, whatever shape its author gave it. */
export function entriesOf(context: TaskContext, field: string): readonly string[] {
  if (!Object.hasOwn(context, field)) return [];
  const { unit } = findField(field);
  const texts = textsOf(context[field]);
  return unit === undefined ? texts : texts.map((text) => withUnit(text, unit));
}

/** Adds its unit to a number. A fraction of one may be a part of the whole, and stays as it is. */
function withUnit(text: string, unit: string): string {
  return /^(0|[1-9]\d*(\.\d+)?)$/.test(text) ? `${text} ${unit}` : text;
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
