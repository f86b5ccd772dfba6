import type { TaskContext } from '../model/task/input.ts';

/** What stands for a text that is not the JSON it should be. */
interface Unreadable {
  readonly unreadable: string;
}

/**
 * Reads a task's context as stored. Other programs write rows, too; a bad one must not hide the
 * others.
 */
export function readContext(text: string): TaskContext {
  const value = readJson(text);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as TaskContext) : ({ unreadable: text } satisfies Unreadable);
}

/** Reads a value of an event as stored. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return { unreadable: text } satisfies Unreadable;
  }
}
