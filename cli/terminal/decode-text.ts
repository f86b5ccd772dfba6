import { isUtf8 } from 'node:buffer';
import { DocketError } from '../../lib/model/errors.ts';

const byteOrderMark = '\ufeff';

/**
 * Decodes UTF-8 without its byte-order mark.
 *
 * @throws DocketError `invalid_input` with the first byte that does not belong to it, as what was
 * read is not what was meant.
 */
export function decodeText(bytes: Buffer, what: string): string {
  const text = bytes.toString('utf8');
  if (isUtf8(bytes)) return text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const offset = firstWrongByte(bytes, text);
  const line = bytes.subarray(0, offset).toString('latin1').split('\n').length;
  const byte = `0x${bytes[offset]?.toString(16).padStart(2, '0')}`;
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  throw new DocketError(
    'invalid_input',
    `${what} is not UTF-8: byte ${offset + 1}, in line ${line}, is ${byte}`,
    { hint: `Convert it first: iconv -f ${isUtf16 ? 'UTF-16' : 'LATIN1'} -t UTF-8` },
  );
}

/** Finds the first replacement character in the text that is none in the bytes. */
function firstWrongByte(bytes: Buffer, text: string): number {
  const replacement = Buffer.from('\ufffd');
  let offset = 0;
  let from = 0;
  for (;;) {
    const found = text.indexOf('\ufffd', from);
    if (found === -1) return offset;
    offset += Buffer.byteLength(text.slice(from, found));
    if (!bytes.subarray(offset, offset + replacement.length).equals(replacement)) return offset;
    offset += replacement.length;
    from = found + 1;
  }
}
