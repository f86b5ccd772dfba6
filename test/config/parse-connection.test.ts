import { expect, test } from 'vitest';
import { parseConnection } from '../../lib/config/parse-connection.ts';

test('a URL and what it does not say make a connection', () => {
  expect(parseConnection('sqlite:lists/web.db', { folder: '/home/alice' })).toEqual({
    kind: 'sqlite',
    path: '/home/alice/lists/web.db',
  });
  const server = { kind: 'mysql', host: 'db.example.com', database: 'tasks', user: 'alice' };
  expect(parseConnection('mysql://alice@db.example.com/tasks', { password: 'p' })).toEqual({
    ...server,
    port: 3306,
    password: 'p',
    tls: 'verify',
  });
  expect(parseConnection('mysql://db.example.com:3307/tasks?ssl=off', { user: 'alice' })).toEqual({
    ...server,
    port: 3307,
    password: '',
    tls: 'off',
  });
});

test.each([
  ['mysql://127.0.0.1/tasks', undefined, 'off'],
  ['mysql://127.0.0.1/tasks', 'PEM', 'verify'],
  ['mysql://db.example.com/tasks?ssl=off', 'PEM', 'verify'],
])('TLS of %s with the authority %s: %s', (url, ca, tls) => {
  const options = ca === undefined ? { user: 'alice' } : { user: 'alice', ca };
  expect(parseConnection(url, options)).toMatchObject({ tls });
});

test.each([
  ['postgres://db.example.com/tasks', 'not a database URL', /^sqlite:/],
  ['mysql://db.example.com/tasks', 'parseConnection: the server needs a user', /option user$/],
  [
    'mysql://alice:secret@db.example.com/tasks',
    'parseConnection: a password does not belong in a URL',
    /^parseConnection\(url, \{ password \}\)$/,
  ],
  [undefined as unknown as string, 'parseConnection: the URL is not a text', /URL/],
])('%s is refused in words of the program', (url, message, hint) => {
  expect(() => parseConnection(url)).toThrow(
    expect.objectContaining({ code: 'invalid_input', message, hint: expect.stringMatching(hint) }),
  );
});
