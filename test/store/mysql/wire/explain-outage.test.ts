import { expect, test } from 'vitest';
import { translateMysqlError } from '../../../../lib/store/mysql/wire/errors.ts';

const server = { host: 'db.example.com', port: 3306 };

// What Node.js 24, mysql2 3.24 and MariaDB 10.11 say, and what people read.
test.each([
  [
    {
      errno: -111,
      code: 'ECONNREFUSED',
      syscall: 'connect',
      message: 'connect ECONNREFUSED 192.0.2.7:3306',
    },
    'does not answer: nothing listens there (connect ECONNREFUSED 192.0.2.7:3306)',
  ],
  [
    {
      errno: -3008,
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      message: 'getaddrinfo ENOTFOUND db.example.com',
    },
    'cannot be found: there is no host of that name (getaddrinfo ENOTFOUND db.example.com)',
  ],
  [
    { code: 'ENODATA', syscall: 'queryA', message: 'queryA ENODATA db.example.com' },
    'cannot be found: there is no host of that name (queryA ENODATA db.example.com)',
  ],
  [
    { code: 'ECONNREFUSED', syscall: 'queryA', message: 'queryA ECONNREFUSED db.example.com' },
    'cannot be found: its name cannot be looked up (queryA ECONNREFUSED db.example.com)',
  ],
  [
    {
      errno: -3001,
      code: 'EAI_AGAIN',
      syscall: 'getaddrinfo',
      message: 'getaddrinfo EAI_AGAIN db.example.com',
    },
    'cannot be found: its name cannot be looked up (getaddrinfo EAI_AGAIN db.example.com)',
  ],
  [
    {
      errno: -110,
      code: 'ETIMEDOUT',
      syscall: 'connect',
      message: 'connect ETIMEDOUT 192.0.2.7:3306',
    },
    'does not answer: it is silent (connect ETIMEDOUT 192.0.2.7:3306)',
  ],
  [
    {
      errno: -113,
      code: 'EHOSTUNREACH',
      syscall: 'connect',
      message: 'connect EHOSTUNREACH 192.0.2.7:3306',
    },
    'cannot be reached from here (connect EHOSTUNREACH 192.0.2.7:3306)',
  ],
  [
    { errno: -1, code: 'EPERM', syscall: 'connect', message: 'connect EPERM 192.0.2.7:3306' },
    'cannot be reached: this process may not connect to it (connect EPERM 192.0.2.7:3306)',
  ],
  [
    { errno: -104, code: 'ECONNRESET', syscall: 'read', message: 'read ECONNRESET' },
    'has ended the connection (read ECONNRESET)',
  ],
  [
    { code: 'PROTOCOL_CONNECTION_LOST', message: 'Connection lost' },
    'has ended the connection (Connection lost)',
  ],
  [
    { errno: 1045, message: "Access denied for user 'alice'@'%' (using password: YES)" },
    "refuses this user: wrong user name or password: Access denied for user 'alice'@'%' (using password: YES)",
  ],
  [{ errno: 1040, message: 'Too many connections' }, 'is full: Too many connections'],
  [
    { errno: 1142, message: "INSERT command denied to user 'alice'@'%'" },
    "does not let this user do that: INSERT command denied to user 'alice'@'%'",
  ],
  [
    { errno: 1049, message: "Unknown database 'tasks'" },
    "cannot be used: Unknown database 'tasks'",
  ],
  [
    { code: 'HANDSHAKE_NO_SSL_SUPPORT', message: 'Server does not support secure connection' },
    'offers no TLS',
  ],
  [
    { code: 'HANDSHAKE_SSL_ERROR', message: 'self-signed certificate' },
    'cannot be trusted over TLS: self-signed certificate',
  ],
  [
    {
      code: 'HANDSHAKE_SSL_ERROR',
      message: 'Client network socket disconnected before secure TLS connection was established',
    },
    'has ended the connection (Client network socket disconnected before secure TLS connection was established)',
  ],
  [
    { errno: -104, code: 'HANDSHAKE_SSL_ERROR', syscall: 'read', message: 'read ECONNRESET' },
    'has ended the connection (read ECONNRESET)',
  ],
  [
    {
      code: 'HANDSHAKE_SSL_ERROR',
      message:
        'unable to verify the first certificate; if the root CA is installed locally, try running Node.js with --use-system-ca',
    },
    'cannot be trusted over TLS: unable to verify the first certificate',
  ],
  [
    {
      code: 'HANDSHAKE_SSL_ERROR',
      message:
        "Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ",
    },
    "cannot be trusted over TLS: Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list",
  ],
  [
    { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' },
    'cannot be trusted over TLS: certificate has expired',
  ],
  [
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', message: 'Hostname does not match' },
    'cannot be trusted over TLS: Hostname does not match',
  ],
] as const)('%j says what it means', (fields, meaning) => {
  const { message } = translateMysqlError(Object.assign(new Error(), fields), server);
  expect(message).toBe(`the database at db.example.com:3306 ${meaning}`);
});

test('an address of IPv6 stands apart from its port', () => {
  const error = Object.assign(new Error('connect ECONNREFUSED ::1:3306'), { code: 'ECONNREFUSED' });
  expect(translateMysqlError(error, { host: '::1', port: 3306 }).message).toMatch(
    /^the database at \[::1\]:3306 does not answer/,
  );
});

test('a lost race is no outage, and says what the server says', () => {
  const error = Object.assign(new Error('Deadlock found'), { errno: 1213 });
  expect(translateMysqlError(error, server).message).toBe('Deadlock found');
});
