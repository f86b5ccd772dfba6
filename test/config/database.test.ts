import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { databaseUrl, isLoopback, parseDatabase } from '../../lib/config/database.ts';
import { DocketError } from '../../lib/model/errors.ts';

describe('a database URL', () => {
  test.for([
    ['sqlite:/data/tasks.db', 'sqlite:/data/tasks.db'],
    ['sqlite:tasks.db', 'sqlite:/project/tasks.db'],
    ['sqlite:../tasks.db', 'sqlite:/tasks.db'],
    ['mysql://db.example.com/tasks', 'mysql://db.example.com:3306/tasks'],
    ['mysql://alice@DB.Example.com:3307/tasks?ssl=off', 'mysql://db.example.com:3307/tasks'],
    ['mysql://[::1]:1/tasks', 'mysql://[::1]:1/tasks'],
    ['mysql://alice@B:1,a,[::1]/t?ssl=off', 'mysql://b:1,a:3306,[::1]:3306/t'],
    ['mysql://h/my%20tasks%C3%BC', 'MALFORMED'],
    ['mysql://h/tasks%C3%BC', 'mysql://h:3306/tasks%C3%BC'],
  ] as const)('%s is %s', ([url, canonical]) => {
    if (canonical === 'MALFORMED')
      expect(() => parseDatabase(url, '/project')).toThrow(DocketError);
    else expect(databaseUrl(parseDatabase(url, '/project'))).toBe(canonical);
  });

  test('keeps its user and ssl=off apart', () => {
    expect(parseDatabase('mysql://al%40ice@h/n?ssl=off', '/')).toEqual({
      kind: 'mysql',
      host: 'h',
      port: 3306,
      name: 'n',
      user: 'al@ice',
      sslOff: true,
    });
  });

  test('of several hosts keeps them in their order', () => {
    expect(parseDatabase('mysql://alice@h1:3307,h2,h3:3308/n?ssl=off', '/')).toEqual({
      kind: 'mysql',
      host: 'h1',
      port: 3307,
      others: [
        { host: 'h2', port: 3306 },
        { host: 'h3', port: 3308 },
      ],
      name: 'n',
      user: 'alice',
      sslOff: true,
    });
  });

  test('of more hosts than a cluster has is refused at once', () => {
    const hosts = Array.from({ length: 100_000 }, (_, index) => `h${index}`).join(',');
    expect(() => parseDatabase(`mysql://${hosts}/n`, '/')).toThrow('more than 16 hosts');
  });

  test.for([
    '',
    'sqlite:',
    'tasks.db',
    'postgres://h/n',
    'mysql://',
    'mysql://h',
    'mysql://h/',
    'mysql:///n',
    'mysql://h/a/b',
    'mysql://h/a%2Fb',
    'mysql://h/%zz',
    'mysql://%zz@h/n',
    'mysql://h:99999/n',
    'mysql://h1,/n',
    'mysql://,h1/n',
    'mysql://h1,,h2/n',
    'mysql://h1,h2:99999/n',
    'mysql://h1,h1:3306/n',
    'mysql://alice@h1,bob@h2/n',
    'mysql://h1,h2',
    'mysql://h/n?ssl=on',
    'mysql://h/n?sslmode=off',
    'mysql://h/n?ssl=off&x=1',
  ])('%j is refused', (url) => {
    expect(() => parseDatabase(url, '/')).toThrow(DocketError);
  });

  test('with a password is refused, and the password is not repeated', () => {
    for (const url of [
      'mysql://alice:geheim@h/n',
      'mysql://:geheim@h/n',
      'mysql://alice:geheim@h1,h2/n',
      'mysql://h1,alice:geheim@h2/n',
      'postgres://a:geheim@h/n',
    ]) {
      try {
        parseDatabase(url, '/');
        expect.unreachable();
      } catch (error) {
        const { message, hint } = error as DocketError;
        expect(`${message} ${hint}`).not.toContain('geheim');
      }
    }
  });

  test('that is anything else is a clear error, never a crash', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `mysql://${text}`),
          fc.array(fc.string()).map((hosts) => `mysql://${hosts.join(',')}/n`),
        ),
        (url) => {
          try {
            const parsed = parseDatabase(url, '/');
            expect(databaseUrl(parseDatabase(databaseUrl(parsed), '/'))).toBe(databaseUrl(parsed));
          } catch (error) {
            expect(error).toBeInstanceOf(DocketError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test('loopback is what surely is, and nothing that only looks like it', () => {
  for (const host of ['localhost', '::1', '127.0.0.1', '127.255.1.9']) {
    expect(isLoopback(host)).toBe(true);
  }
  for (const host of [
    '127.1',
    '127.0.0.1.example.com',
    '127.999.0.1',
    'localhost.example.com',
    '0.0.0.0',
    '192.0.2.1',
  ]) {
    expect(isLoopback(host)).toBe(false);
  }
});

test('~ is the home that the given environment names', () => {
  const env = { HOME: '/home/alice' };
  expect(parseDatabase('sqlite:~/tasks.db', '/', env)).toEqual({
    kind: 'sqlite',
    path: '/home/alice/tasks.db',
  });
});
