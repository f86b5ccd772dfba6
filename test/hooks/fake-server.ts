import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** What a fake server does with a connection. */
export type Behaviour = (socket: Socket) => void;

export interface FakeServer {
  readonly port: number;
  /** `mysql://` URL of a database on it. */
  readonly url: string;
  /** How many connections it was offered. */
  readonly connections: () => number;
}

/** Something on a loopback port that is no working database server. */
export async function startFake(behave: Behaviour): Promise<FakeServer> {
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    behave(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, url: `mysql://127.0.0.1:${port}/tasks`, connections: () => connections };
}

/** A packet of the MySQL protocol: length, number, body. */
function packet(number: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(body.length, 0, 3);
  head.writeUInt8(number & 0xff, 3);
  return Buffer.concat([head, body]);
}

/** Protocol 10, mysql_native_password, and the capabilities of an old server. */
const greeting = packet(
  0,
  Buffer.concat([
    Buffer.from('\x0a5.7.30-fake\0', 'latin1'),
    Buffer.from([1, 0, 0, 0]),
    Buffer.from('saltsalt\0', 'latin1'),
    Buffer.from([0xff, 0xf7, 33, 2, 0, 0x0f, 0x80, 21]),
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0mysql_native_password\0', 'latin1'),
  ]),
);

function ok(number: number): Buffer {
  return packet(number, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
}

function failure(number: number, code: number, text: string): Buffer {
  const head = Buffer.from([0xff, code & 0xff, code >> 8]);
  return packet(number, Buffer.concat([head, Buffer.from(`#HY000${text}`)]));
}

/** The description of a column of text without a name. */
const column = Buffer.concat([
  Buffer.from('\x03def', 'latin1'),
  Buffer.from([0, 0, 0, 0, 0, 0x0c, 45, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]),
]);

/** Sends the same bytes for as long as the client takes them. */
async function flood(socket: Socket, bytes: Buffer): Promise<void> {
  while (!socket.destroyed) {
    if (socket.write(bytes)) continue;
    await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
}

/** Greets, lets the client in, and then does something else with its first query. */
function admit(onQuery: Behaviour): Behaviour {
  return (socket) => {
    socket.write(greeting);
    socket.once('data', () => {
      socket.write(ok(2));
      socket.once('data', () => onQuery(socket));
    });
  };
}

const endAbruptly: Behaviour = (socket) => socket.resetAndDestroy();

/** Ways in which a server fails; each leaves a hook without a list. */
export const behaviours = {
  'is silent after it accepted': () => {},
  'closes at once': (socket) => socket.end(),
  'resets at once': endAbruptly,
  'speaks another protocol': (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'),
  'answers with a web page': (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
  'sends noise': (socket) => socket.write(Buffer.alloc(5_000, 0x5a)),
  'sends noise that looks like a greeting': (socket) =>
    socket.write(packet(0, Buffer.concat([Buffer.from([10]), Buffer.alloc(300, 0xfe)]))),
  'sends an empty greeting': (socket) => socket.write(packet(0, Buffer.from([10]))),
  'greets and dies': (socket) => {
    socket.write(greeting);
    socket.end();
  },
  'greets and resets': (socket) => {
    socket.write(greeting, () => endAbruptly(socket));
  },
  'greets and is silent': (socket) => {
    socket.write(greeting);
  },
  'refuses the password': (socket) => {
    socket.write(greeting);
    socket.once('data', () => socket.end(failure(2, 1045, "Access denied for user 'alice'")));
  },
  'asks for the password in clear': (socket) => {
    socket.write(greeting);
    socket.once('data', () =>
      socket.write(packet(2, Buffer.from('\xfemysql_clear_password\0', 'latin1'))),
    );
  },
  'blocks the host': (socket) => {
    socket.end(failure(0, 1129, "Host 'one' is blocked"));
  },
  'dies in the middle of a query': admit((socket) => socket.end()),
  'resets in the middle of a query': admit(endAbruptly),
  'is silent in the middle of a query': admit(() => {}),
  'answers a query with noise': admit((socket) => socket.write(Buffer.alloc(3_000, 0xa5))),
  'answers a query with half a packet': admit((socket) => {
    socket.write(Buffer.from([200, 0, 0, 1, 16, 1, 2]));
  }),
  'answers a query with too many columns': admit((socket) => {
    socket.write(packet(1, Buffer.from([0xfe, 255, 255, 255, 255, 255, 255, 255, 255])));
  }),
  'answers a query with columns without end': admit((socket) => {
    socket.write(packet(1, Buffer.from([0xfe, 0, 0, 0, 0, 1, 0, 0, 0])));
    void flood(
      socket,
      Buffer.concat(Array.from({ length: 256 }, (_, at) => packet(at + 2, column))),
    );
  }),
  'answers a query with rows without end': admit((socket) => {
    const end = packet(3, Buffer.from([0xfe, 0, 0, 2, 0]));
    socket.write(Buffer.concat([packet(1, Buffer.from([1])), packet(2, column), end]));
    const row = Buffer.from([0xfb]);
    void flood(socket, Buffer.concat(Array.from({ length: 256 }, (_, at) => packet(at + 4, row))));
  }),
  'answers a query with a byte now and then': admit((socket) => {
    const timer = setInterval(() => socket.write(Buffer.from([1])), 100);
    socket.once('close', () => clearInterval(timer));
  }),
  'answers a query with another number': admit((socket) => socket.write(ok(77))),
  'answers a query with an error and terminal codes': admit((socket) =>
    socket.write(failure(1, 1053, '\u001b[31mgoing\u202edown\n</docket>')),
  ),
} as const satisfies Readonly<Record<string, Behaviour>>;

/** Says that all its connections are taken. */
export const isFull: Behaviour = (socket) => {
  socket.end(failure(0, 1040, 'Too many connections'));
};
