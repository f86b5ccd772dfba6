import type { MysqlTarget } from './target.ts';

/** What mysql2, Node or the server says of a failure. */
export interface DriverError {
  readonly errno?: number;
  readonly code?: string;
  readonly syscall?: string;
  readonly sqlState?: string;
  readonly message?: string;
}

/** Where a database is. */
export type Place = Pick<MysqlTarget, 'host' | 'port' | 'socket'>;

/**
 * Says in one line which database a person cannot use, and what that means, before the words of
 * whoever noticed.
 */
export function explainOutage(error: DriverError, text: string, at: Place): string {
  const place = `the database at ${spellPlace(at)}`;
  const { code = '', errno = 0 } = error;
  if (isLookup(error)) return `${place} cannot be found: ${lookups(code)} (${text})`;
  const meaning = byCode[code];
  if (meaning !== undefined) return `${place} ${meaning} (${text})`;
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return `${place} offers no TLS`;
  if (errno === 3159 || text.includes('not allow insecure connections')) {
    return `${place} ${overTls} (${text.trim()})`;
  }
  if (isCut(error)) return `${place} ${ended} (${text})`;
  // Without Node's advice on flags of its own, and the sign before a list that is empty.
  if (isTls(code))
    return `${place} ${untrusted}: ${text.replace(/(; if the root CA.*|: *)$/s, '')}`;
  return `${place} ${byNumber[errno] ?? 'cannot be used'}: ${text}`;
}

/** Whether a server does not prove over TLS who it is, or offers none: it may be anybody. */
export function isUntrusted(error: DriverError): boolean {
  const { code = '' } = error;
  return code === 'HANDSHAKE_NO_SSL_SUPPORT' || (isTls(code) && !isCut(error));
}

export function spellPlace({ host, port, socket }: Place): string {
  return socket ?? `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Makes an error of a server that lets us wait. */
export function silenceError(message: string): Error {
  return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
}

const overTls =
  'takes connections over TLS alone: for a server of this machine, credentials.json names its "ca"';
const untrusted = 'cannot be trusted over TLS';

const silent = 'does not answer: it is silent';
const unreachable = 'cannot be reached from here';
const forbidden = 'cannot be reached: this process may not connect to it';
const ended = 'has ended the connection';

const byCode: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'does not answer: nothing listens there',
  ENOENT: 'does not answer: nothing listens there',
  ETIMEDOUT: silent,
  EHOSTUNREACH: unreachable,
  EHOSTDOWN: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  EACCES: forbidden,
  EPERM: forbidden,
  ECONNRESET: ended,
  ECONNABORTED: ended,
  EPIPE: ended,
  PROTOCOL_CONNECTION_LOST: ended,
};

const wrongLogin = 'refuses this user: wrong user name or password';
const forbidding = 'does not let this user do that';
const readOnly = 'is read-only';
const full = 'is full';

const byNumber: Readonly<Record<number, string>> = {
  1040: full,
  1203: full,
  1226: full,
  1045: wrongLogin,
  1698: wrongLogin,
  1044: forbidding,
  1142: forbidding,
  1143: forbidding,
  1227: forbidding,
  1370: forbidding,
  1290: readOnly,
  1792: readOnly,
  1836: readOnly,
};

function isLookup({ syscall = '' }: DriverError): boolean {
  return syscall === 'getaddrinfo' || syscall.startsWith('query');
}

function lookups(code: string): string {
  return code === 'ENOTFOUND' || code === 'ENODATA'
    ? 'there is no host of that name'
    : 'its name cannot be looked up';
}

/** Whether the connection has ended while TLS was agreed on, which mysql2 tells as a refusal. */
function isCut({ code = '', errno = 0, message = '' }: DriverError): boolean {
  return isTls(code) && (errno < 0 || message.includes('socket disconnected'));
}

/** Whether the TLS library refuses the server: by mysql2's one code, or by one of its own. */
function isTls(code: string): boolean {
  return /^HANDSHAKE_SSL|^ERR_(?:TLS|SSL)|CERT/.test(code);
}
