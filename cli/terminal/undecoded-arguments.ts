import { readFileSync } from 'node:fs';
import { decodeText } from './decode-text.ts';

/**
 * Refuses an argument that is not UTF-8. Node.js has put a replacement character in the place of
 * what it could not read, so only words with one are looked at, as the kernel has them (Linux).
 *
 * @throws DocketError `invalid_input`
 */
export function requireUtf8(argv: readonly string[]): void {
  if (!argv.some((word) => word.includes('\ufffd'))) return;
  let words: readonly string[];
  try {
    words = readFileSync('/proc/self/cmdline', 'latin1').split('\0').slice(0, -1);
  } catch {
    return;
  }
  for (const [index, word] of words.slice(-argv.length).entries()) {
    decodeText(Buffer.from(word, 'latin1'), `argument ${index + 1}`);
  }
}
