/** Lower-case letters and digits without 0, 1, i, l and o, which people misread. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const letter = /[a-z]/;
const shortest = 4;
const longest = 8;

/**
 * Gives the length of a new key's random part that keeps its chance to hit one of `existing` keys
 * under 1 %.
 */
export function keyLength(existing: number): number {
  let length = shortest;
  while (length < longest && existing / alphabet.length ** length >= 0.01) length += 1;
  return length;
}

/**
 * Makes a random key part with at least one letter, so that it is never taken for a number.
 * `random` gives bytes; values past the last whole multiple of the alphabet are skipped, which
 * keeps every letter equally likely.
 */
export function makeKeyPart(length: number, random: (size: number) => Uint8Array): string {
  const fair = 256 - (256 % alphabet.length);
  for (;;) {
    let part = '';
    while (part.length < length) {
      for (const byte of random(length)) {
        if (byte < fair && part.length < length) part += alphabet[byte % alphabet.length];
      }
    }
    if (letter.test(part)) return part;
  }
}

/** Makes a slug from a repository's or folder's name: `My Web_App` becomes `my-web-app`. */
export function makeSlug(name: string): string {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+/, '')
    .slice(0, 24)
    .replace(/-+$/, '');
  return slug === '' ? 'tasks' : slug;
}

export const slugPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** How a person may write a key: whole or shortened, with or without the slug. */
export interface KeyQuery {
  /** Candidates are the keys that begin with one of these. */
  readonly prefixes: readonly string[];
  /** `.2.1` of `web-k3f9.2.1`, or empty. */
  readonly subtask: string;
}

const keyPattern = /^([a-z0-9-]+)((?:\.[0-9]+)*)$/;

/** Parses what a person typed as a key; undefined when it cannot be one. */
export function parseKeyQuery(text: string, slug: string): KeyQuery | undefined {
  const match = keyPattern.exec(text.trim().toLowerCase());
  if (match === null) return undefined;
  const base = match[1] ?? '';
  const prefixes = base.includes('-') ? [base, `${slug}-${base}`] : [`${slug}-${base}`];
  return { prefixes, subtask: match[2] ?? '' };
}

/** Key of the outermost container of a task: the keys of subtasks begin with it. */
export function rootKey(key: string): string {
  return key.split('.', 1)[0] ?? key;
}
