import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A message as a receiver got it. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The number of its event, where it is of the format `json`. */
  readonly seq: number | undefined;
  /** Milliseconds by the clock of performance.now. */
  readonly at: number;
}

/** Answers a message, which is the `count`th, from 1. By default with 204. */
export type Answer = (
  response: ServerResponse,
  message: Received,
  place: { readonly count: number; readonly socket: Socket },
) => unknown;

export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  /** The numbers of the events in the order in which they came. */
  readonly seqs: () => readonly (number | undefined)[];
  close(): Promise<void>;
}

/** Starts a receiver of webhooks on this machine. */
export async function startReceiver(
  answer: Answer = (response) => response.writeHead(204).end(),
  port = 0,
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { headers, socket } = request;
    const message = { headers, body, seq: seqOf(body), at: performance.now() };
    received.push(message);
    answer(response, message, { count: received.length, socket });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  const { port: listening } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${listening}/hook?token=not-for-people`,
    received,
    seqs: () => received.map(({ seq }) => seq),
    close,
  };
}

function seqOf(body: string): number | undefined {
  return JSON.parse(body).data?.event.seq;
}
