import { createServer, type Socket } from 'node:net';
import type { TestContext } from 'vitest';
import type { MysqlTarget } from '../../../lib/store/mysql/wire/target.ts';

export interface FakeServer {
  readonly target: MysqlTarget;
  /** Everything that clients have sent, in the order of arrival. */
  received(): Buffer;
}

type Test = Pick<TestContext, 'onTestFinished'>;

/** Something on a loopback port that does with each connection what `serve` says. */
export async function startFakeServer(
  test: Test,
  serve: (socket: Socket, packets: Packets) => void,
): Promise<FakeServer> {
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (bytes) => received.push(bytes));
    socket.on('error', () => {});
    serve(socket, new Packets(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    target: {
      host: '127.0.0.1',
      port,
      database: 'tasks',
      user: 'alice',
      password: 'correct horse',
      tls: 'off',
    },
    received: () => Buffer.concat(received),
  };
}

/** The MySQL protocol from the server's side: just enough to log in and to answer. */
export class Packets {
  readonly #socket: Socket;
  readonly #waiting: ((payload: Buffer) => void)[] = [];
  #sequence = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
    // Clients send one small packet at a time, so a chunk is a packet.
    socket.on('data', (bytes) => {
      this.#sequence = (bytes[3] ?? 0) + 1;
      this.#waiting.shift()?.(bytes.subarray(4));
    });
  }

  next(): Promise<Buffer> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  send(...parts: readonly (Buffer | string | readonly number[])[]): void {
    const payload = Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
    );
    const header = Buffer.alloc(4);
    header.writeUIntLE(payload.length, 0, 3);
    header[3] = this.#sequence++;
    this.#socket.write(Buffer.concat([header, payload]));
  }

  greet(method = 'mysql_native_password'): void {
    // CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION | PLUGIN_AUTH and its LENENC.
    this.send(
      [10],
      '8.0.99\0',
      [1, 0, 0, 0],
      'abcdefgh\0',
      [0x08, 0xa2],
      [45, 2, 0],
      [0x28, 0x00, 21],
      Buffer.alloc(10),
      'ijklmnopqrst\0',
      `${method}\0`,
    );
  }

  /** @param options `more` when the results of further statements of the same text follow. */
  accept({ more = false } = {}): void {
    this.send([0, 0, 0, more ? 10 : 2, 0, 0, 0]);
  }

  /** A result of one row with one column of text. */
  sendRow(column: string, value: string, options: { more?: boolean } = {}): void {
    this.sendRows([[column, value]], options);
  }

  /** A result of one row, whose columns of text have these names and values. */
  sendRows(columns: readonly (readonly [string, string])[], { more = false } = {}): void {
    const text = (part: string): Buffer =>
      Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]);
    const end = [0xfe, 0, 0, more ? 10 : 2, 0];
    this.send([columns.length]);
    const empty = text('');
    for (const [column] of columns) {
      this.send(
        ...[text('def'), empty, empty, empty, text(column), empty],
        [0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0],
      );
    }
    this.send(end);
    this.send(...columns.map(([, value]) => text(value)));
    this.send(end);
  }

  /** Answers each statement of a text as a server that is not Dolt answers a writer. */
  answer(text: string): void {
    const statements = text.split(';');
    for (const [index, statement] of statements.entries()) {
      const more = index < statements.length - 1;
      if (statement.trim().startsWith('SELECT @@')) this.sendRow('product', 'MySQL', { more });
      else this.accept({ more });
    }
  }

  switchTo(method: string): void {
    this.send([0xfe], `${method}\0`, 'abcdefghijklmnopqrst\0');
  }

  refuse(errno: number, message: string): void {
    this.send([0xff, errno & 0xff, errno >> 8], '#HY000', message);
  }
}
