import { connect, createServer, type Socket } from 'node:net';
import type { TestContext } from 'vitest';

/** Stands before a real server, counts what passes and cuts a connection where a test wants. */
export interface WireTap {
  readonly port: number;
  /** Texts that clients have sent since the last call, without logins and goodbyes. */
  takeTexts(): readonly string[];
  /**
   * Cuts the next connection that sends a text with `part` in it: before the server has got it, or
   * after the server has answered it.
   */
  cut(part: string, when: 'before' | 'after'): void;
}

export async function tapWire(
  serverPort: number,
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
): Promise<WireTap> {
  const texts: string[] = [];
  const sockets = new Set<Socket>();
  let wanted: { readonly part: string; readonly when: 'before' | 'after' } | undefined;

  const tap = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    let isCutting = false;
    for (const socket of [client, server]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        server.destroy();
      });
    }
    client.on('data', (bytes) => {
      const text = textOf(bytes);
      if (text !== undefined) texts.push(text);
      if (wanted !== undefined && text?.includes(wanted.part)) {
        isCutting = true;
        const { when } = wanted;
        wanted = undefined;
        if (when === 'before') {
          client.destroy();
          return;
        }
      }
      server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (isCutting) client.destroy();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => tap.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    tap.close();
  });
  const address = tap.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    takeTexts: () => texts.splice(0),
    cut: (part, when) => {
      wanted = { part, when };
    },
  };
}

/** What a COM_QUERY says; undefined for any other packet. */
function textOf(bytes: Buffer): string | undefined {
  return bytes[3] === 0 && bytes[4] === 3 ? bytes.subarray(5).toString() : undefined;
}
