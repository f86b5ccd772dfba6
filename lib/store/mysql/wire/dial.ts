import { getSystemErrorName } from 'node:util';
import { StoreError } from '../../errors.ts';
import type { MysqlTarget } from './target.ts';

/** Node's own end of a TCP connection, out of which `net` makes a socket. */
export interface TcpHandle {
  connect(request: object, address: string, port: number): number;
  connect6(request: object, address: string, port: number): number;
  close(): void;
}

interface TcpBinding {
  readonly TCP: new (type: number) => TcpHandle;
  readonly TCPConnectWrap: new () => { oncomplete: (status: number) => void };
  readonly constants: { readonly SOCKET: number };
}

/** A connection, or why there is none; undefined: it could not be tried. */
type Outcome = TcpHandle | string | undefined;

/**
 * Connects to an address, or to localhost, without `net`, which brings the streams: to be refused by
 * it takes 3.4 ms, half of what such a prompt takes beyond Node.js itself, and so it takes 0.4. This
 * leans on what Node's documentation deprecates (DEP0111, at work in Node 22 to 26), so whatever is
 * not as expected is left to `net`, which can do all of it.
 *
 * @returns nothing where that is so, and for a host's name.
 * @throws StoreError `unreachable` when it fails, or nothing comes in `timeout` milliseconds.
 */
export async function dial(
  { host, port }: Pick<MysqlTarget, 'host' | 'port'>,
  timeout: number,
): Promise<TcpHandle | undefined> {
  // The handle would cut 70000 to 4464, and Node 22 ends the process over what is no number.
  const isPort = Number.isInteger(port) && port >= 0 && port <= 65_535;
  if (!isPort || isWarningOfDeprecations()) return undefined;
  const reasons: string[] = [];
  for (const address of addressesOf(host)) {
    const outcome = await tryAddress(address, port, timeout);
    if (typeof outcome !== 'string') return outcome;
    reasons.push(outcome);
  }
  const [reason] = reasons;
  if (reason === undefined) return undefined;
  throw new StoreError('unreachable', reason);
}

/** Node would say on stderr, or throw where nobody can catch it, that this is deprecated. */
function isWarningOfDeprecations(): boolean {
  const { NODE_PENDING_DEPRECATION, NODE_OPTIONS = '' } = process.env;
  const flag = '--pending-deprecation';
  return (
    NODE_PENDING_DEPRECATION === '1' ||
    NODE_OPTIONS.includes(flag) ||
    process.execArgv.includes(flag)
  );
}

function addressesOf(host: string): readonly string[] {
  if (host === 'localhost') return ['127.0.0.1', '::1'];
  return /^[\d.]+$/.test(host) || host.includes(':') ? [host] : [];
}

function tryAddress(address: string, port: number, timeout: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let handle: TcpHandle | undefined;
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      if (outcome !== handle) handle?.close();
      resolve(outcome);
    };
    const fail = (status: number): void => {
      const name = getSystemErrorName(status);
      // Not an address after all.
      finish(name === 'EINVAL' ? undefined : `connect ${name} ${address}:${port}`);
    };
    const timer = setTimeout(() => finish(`no answer within ${timeout / 1000} s`), timeout);
    try {
      const { TCP, TCPConnectWrap, constants } = tcpBinding();
      handle = new TCP(constants.SOCKET);
      const request = new TCPConnectWrap();
      request.oncomplete = (status) => (status === 0 ? finish(handle) : fail(status));
      const connect = address.includes(':') ? 'connect6' : 'connect';
      const status = handle[connect](request, address, port);
      if (status !== 0) fail(status);
    } catch {
      // What cannot connect may not be able to close either.
      handle = undefined;
      finish(undefined);
    }
  });
}

/** @throws Error where Node.js has or gives no such thing (its permission model is on). */
function tcpBinding(): TcpBinding {
  return (process as unknown as { binding(name: string): TcpBinding }).binding('tcp_wrap');
}
