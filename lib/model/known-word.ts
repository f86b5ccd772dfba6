// Without zod: hooks load this, as what they change can be billed.
import { DocketError } from './errors.ts';

/**
 * Finds what belongs to a stored word; undefined for a word of a newer docket, which the schema
 * lets in.
 */
export function findByWord<Word extends string, Value>(
  table: Readonly<Record<Word, Value>>,
  word: Word,
): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/**
 * Gives what belongs to a stored word, where something is decided by it.
 *
 * @param what the kind of word, as a person says it: `task type`
 *
 * @throws DocketError `schema_too_new` for a word of a newer docket.
 */
export function byWord<Word extends string, Value>(
  table: Readonly<Record<Word, Value>>,
  word: Word,
  what: string,
): Value {
  const value = findByWord(table, word);
  if (value === undefined) throw unknownWord(word, what);
  return value;
}

/**
 * Checks that this docket knows a stored word.
 *
 * @throws DocketError `schema_too_new` for a word of a newer docket.
 */
export function requireWord<Word extends string>(
  words: readonly Word[],
  word: Word,
  what: string,
): void {
  if (!words.includes(word)) throw unknownWord(word, what);
}

function unknownWord(word: string, what: string): DocketError {
  return new DocketError(
    'schema_too_new',
    `the ${what} '${word}' was written by a newer docket, and this one does not know it`,
    { hint: 'Upgrade: pull the newest docket and run ./scripts/setup again' },
  );
}
