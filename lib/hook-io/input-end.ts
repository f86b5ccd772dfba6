const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closing: ReadonlySet<number> = new Set([0x7d, 0x5d]);
/** What may stand before the input: white space, and the bytes of a byte order mark. */
const ignored: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

/**
 * Makes a function that finds where a hook's input ends, which is given the bytes of stdin piece by
 * piece: it gives the offset in this piece behind the input's last byte, or undefined when the
 * input goes on. The input ends with the byte that closes its JSON object, although stdin may stay
 * open or hold more, and with a first byte that opens nothing. Each byte is looked at once: to try
 * JSON.parse after every piece would take the square of a long prompt's time.
 */
export function createInputEnd(): (piece: Buffer) => number | undefined {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  return (piece) => {
    let index = 0;
    while (index < piece.length) {
      if (isInString) {
        index = skipString(piece, index);
        continue;
      }
      const byte = piece[index] ?? 0;
      index += 1;
      if (opening.has(byte)) depth += 1;
      else if (closing.has(byte)) depth -= 1;
      else if (depth === 0 && ignored.has(byte)) continue;
      else if (byte === quote) isInString = true;
      if (depth <= 0) return index;
    }
    return undefined;
  };

  /** Skips the rest of a string, natively from quote to quote; gives the index behind it. */
  function skipString(piece: Buffer, from: number): number {
    const start = isEscaped ? from + 1 : from;
    const end = piece.indexOf(quote, start);
    const stop = end === -1 ? piece.length : end;
    isEscaped = countBackslashes(piece, start, stop) % 2 === 1;
    if (end === -1) return stop;
    isInString = isEscaped;
    isEscaped = false;
    return end + 1;
  }
}

/** Counts the backslashes right before `end`, as far back as `start`. */
function countBackslashes(piece: Buffer, start: number, end: number): number {
  let first = end;
  while (first > start && piece[first - 1] === backslash) first -= 1;
  return end - first;
}
