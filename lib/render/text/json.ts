// What a terminal could take for a command, or would hide: C1 controls, DEL, separators, format
// characters. JSON itself escapes C0.
const unsafe = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/**
 * Renders one JSON document that is safe on a terminal: unsafe characters are escaped, nothing is
 * lost.
 */
export function renderJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
