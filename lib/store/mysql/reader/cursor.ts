/** Reads a packet from its beginning. @throws Error where the packet ends too soon. */
export class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** An unsigned number of 1 to 6 bytes. */
  number(size: number): number {
    return this.#bytes.readUIntLE(this.#step(size), size);
  }

  bytes(size: number): Buffer {
    const start = this.#step(size);
    return this.#bytes.subarray(start, start + size);
  }

  /** Text up to a zero byte, or up to the end. */
  terminated(): string {
    const zero = this.#bytes.indexOf(0, this.#at);
    const end = zero === -1 ? this.#bytes.length : zero;
    const text = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return text;
  }

  /** A number in front of which stands how long it is. */
  length(): number {
    const first = this.number(1);
    if (first < 0xfb) return first;
    if (first === 0xfc) return this.number(2);
    if (first === 0xfd) return this.number(3);
    throw new Error('the server says a length that makes no sense');
  }

  /** Text with its length in front; null where there is none. */
  text(): string | null {
    if (this.#bytes[this.#at] === 0xfb) {
      this.#at += 1;
      return null;
    }
    const size = this.length();
    const start = this.#step(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  #step(size: number): number {
    const start = this.#at;
    if (start + size > this.#bytes.length) throw new Error('the server sends half a packet');
    this.#at = start + size;
    return start;
  }
}
