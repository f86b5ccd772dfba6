import type { Socket } from 'node:net';

/** A body of this length goes on in another packet; no answer to a prompt is nearly as long. */
const longest = 0xffffff;

/** What a server sends, cut into packets. Packets of one exchange are numbered, from 0. */
export class PacketStream {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);
  #number = 0;
  #failure: unknown;
  #wake = (): void => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  /** Ends every wait for more; the first reason counts. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake();
  }

  /** Begins an exchange with what is asked. */
  ask(body: Buffer): void {
    this.#number = 0;
    this.send(body);
  }

  send(body: Buffer): void {
    const head = Buffer.alloc(4);
    head.writeUIntLE(body.length, 0, 3);
    head[3] = this.#count();
    this.#socket.write(Buffer.concat([head, body]));
  }

  /** @throws whatever ended the connection, or Error for what is not the protocol. */
  async next(): Promise<Buffer> {
    for (;;) {
      const body = this.#take();
      if (body !== undefined) return body;
      if (this.#failure !== undefined) throw this.#failure;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** The next packet, if all of it has arrived. */
  #take(): Buffer | undefined {
    const bytes = this.#bytes;
    if (bytes.length < 4) return undefined;
    const length = bytes.readUIntLE(0, 3);
    if (length === longest) throw new Error('the server sends more than a prompt asks for');
    if (bytes.length < 4 + length) return undefined;
    if (bytes[3] !== this.#count()) throw new Error('the server sends packets out of order');
    this.#bytes = bytes.subarray(4 + length);
    return bytes.subarray(4, 4 + length);
  }

  #count(): number {
    const number = this.#number;
    this.#number = (number + 1) & 0xff;
    return number;
  }
}
