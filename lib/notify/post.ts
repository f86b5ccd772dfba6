import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { safeLine } from '../render/text/safe-text.ts';
import { isPublicAddress } from './address.ts';

/** Where and what is sent. */
export interface PostRequest {
  readonly url: URL;
  /** Whether the address may be one of a private network, or this machine's. */
  readonly isPrivate: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came of it. The answer's body is not read, whatever it is. */
export type PostResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** What the receiver said in Retry-After. */
      readonly retryAfter: string | undefined;
    }
  /** `unreached`: nothing was sent; `unanswered`: the receiver may have got it. */
  | { readonly kind: 'unreached' | 'unanswered'; readonly reason: string };

/** Finds the addresses of a host. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface PostOptions {
  /** Gives the request up when it is aborted. */
  readonly signal: AbortSignal;
  /** The milliseconds that all of it may take; 15 s by default. */
  readonly timeoutMs?: number;
  readonly resolve?: Resolve;
}

/** Sends one message. Fails never: what went wrong is its result. */
export async function post(given: PostRequest, options: PostOptions): Promise<PostResult> {
  const { signal, timeoutMs = 15_000, resolve = resolveHost } = options;
  const seconds = Math.ceil(timeoutMs / 1_000);
  const end = new AbortController();
  const stop = () => end.abort(new Error('docket was stopped'));
  const timer = setTimeout(() => end.abort(new Error(`no answer within ${seconds} s`)), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  let socket: Socket | undefined;
  let isSent = false;
  try {
    socket = await openSocket(given, { resolve, signal: end.signal });
    isSent = true;
    return await exchange(socket, given, end.signal);
  } catch (error) {
    return { kind: isSent ? 'unanswered' : 'unreached', reason: reasonOf(error) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    socket?.destroy();
  }
}

/** Says why in one line. Several addresses that all refuse are one error without a message. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return safeLine(message || code || 'there is no connection', 200);
}

async function resolveHost(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

interface Opening {
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

/**
 * Connects to an address that the target may have. The name is resolved once, and the connection
 * goes to what was checked, so that a name which changes its address in between gains nothing; the
 * address of the open connection is checked all the same, before a byte is sent.
 */
async function openSocket(
  { url, isPrivate }: Pick<PostRequest, 'url' | 'isPrivate'>,
  { resolve, signal }: Opening,
): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'https:';
  const place = { isSecure, isPrivate };
  const found = isIP(host) === 0 ? await orAborted(resolve(host), signal) : [host];
  if (found.length === 0) throw new Error(`${host} has no address`);
  for (const address of found) requireAllowed(address, place);
  const port = Number(url.port) || (isSecure ? 443 : 80);
  const addresses = found.map((address) => ({ address, family: isIP(address) }));
  const known: LookupFunction = (_, options, callback) => {
    const [first = { address: '', family: 4 }] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
  const way = { host, port, lookup: known };
  const socket = isSecure
    ? connectTls({
        ...way,
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ALPNProtocols: ['http/1.1'],
        // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
        rejectUnauthorized: true,
      })
    : connect(way);
  // What comes after the answer, or after it was given up, is nobody's matter.
  socket.on('error', () => {});
  try {
    const opened = eventOf(socket, isSecure ? 'secureConnect' : 'connect');
    await orAborted(opened, signal);
    requireAllowed(socket.remoteAddress ?? '', place);
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** @throws Error for an address that the target must not have. */
function requireAllowed(
  address: string,
  { isSecure, isPrivate }: { readonly isSecure: boolean; readonly isPrivate: boolean },
): void {
  const isPublic = isPublicAddress(address);
  if (!isPublic && !isPrivate) {
    throw new Error(`its address ${address} is not public, and it is not "private": true`);
  }
  if (isPublic && !isSecure)
    throw new Error(`its address ${address} is public, and asks for https`);
}

/** Sends the message over an open connection, and gives the status of the answer. */
function exchange(
  socket: Socket,
  { url, headers, body }: PostRequest,
  signal: AbortSignal,
): Promise<PostResult> {
  const bytes = Buffer.from(body);
  const sending = request({
    createConnection: () => socket,
    host: url.hostname,
    path: `${url.pathname}${url.search}`,
    method: 'POST',
    headers: {
      ...headers,
      host: url.host,
      'content-type': 'application/json',
      'content-length': bytes.length,
      'user-agent': 'docket',
      connection: 'close',
    },
  });
  const answered = new Promise<PostResult>((resolve, reject) => {
    sending.once('response', (response) => {
      response.on('error', () => {});
      const retryAfter = response.headers['retry-after'];
      resolve({ kind: 'answered', status: response.statusCode ?? 0, retryAfter });
    });
    sending.once('upgrade', () => reject(new Error('the answer was no answer to a message')));
    sending.on('error', reject);
    sending.once('close', () => reject(new Error('the connection was closed without an answer')));
  });
  sending.end(bytes);
  return orAborted(answered, signal).finally(() => sending.destroy());
}

function eventOf(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(name, () => resolve());
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the connection was closed')));
  });
}

/** Waits for a promise until the signal is aborted, whose reason is then the error. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
