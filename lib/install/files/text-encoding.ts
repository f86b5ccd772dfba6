/** How the text of a settings file is written: a byte order mark stays part of the text. */
export type TextEncoding = 'utf8' | 'utf16le';

export interface EncodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Reads bytes as Claude Code reads a settings file (2.1.328 and 2.1.332): UTF-16 in little-endian
 * order with a mark, else UTF-8, where what is no UTF-8 becomes U+FFFD.
 */
export function decodeText(bytes: Buffer): EncodedText {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const encoding = isWide ? 'utf16le' : 'utf8';
  return { text: bytes.toString(encoding), encoding };
}

/** Whether a text gives the bytes that it was read from: else it could not be written back. */
export function isExact({ text, encoding }: EncodedText, bytes: Buffer): boolean {
  return Buffer.from(text, encoding).equals(bytes);
}
