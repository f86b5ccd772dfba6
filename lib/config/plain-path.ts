import { resolve } from 'node:path';

const plain = /^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

/**
 * The same as path.resolve. That goes letter by letter in JavaScript, and the nine paths of a prompt
 * took it 0.5 ms; most are absolute and plain already.
 */
export function plainPath(path: string): string {
  return plain.test(path) ? path : resolve(path);
}
