import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLogin } from '../../lib/config/credentials.ts';
import { parseDatabase } from '../../lib/config/database.ts';
import { approve, findApproval, listApprovals, trustFile } from '../../lib/config/trust.ts';
import type { DocketError } from '../../lib/model/errors.ts';
import { freshFolder, write } from './folders.ts';

function server(url = 'mysql://db.example.com/n') {
  const database = parseDatabase(url, '/');
  if (database.kind !== 'mysql') throw new Error('not a server');
  return database;
}

describe('an approval', () => {
  test('is kept for the person alone, once, with the last word on TLS', () => {
    const env = { HOME: freshFolder() };
    expect(findApproval(env, server(), [])).toBeUndefined();
    approve(env, server());
    approve(env, server('mysql://other.example.com/n'));
    approve(env, server('mysql://db.example.com/n?ssl=off'));
    expect(listApprovals(env)).toEqual([
      { url: 'mysql://other.example.com:3306/n', tls: 'verify' },
      { url: 'mysql://db.example.com:3306/n', tls: 'off' },
    ]);
    expect(findApproval(env, server(), [])).toEqual({
      url: 'mysql://db.example.com:3306/n',
      tls: 'off',
    });
    expect(statSync(trustFile(env)).mode & 0o777).toBe(0o600);
    expect(statSync(join(trustFile(env), '..')).mode & 0o777).toBe(0o700);
  });

  test('of a cluster is for its hosts as a whole, in their order', () => {
    const env = { HOME: freshFolder() };
    approve(env, server('mysql://alice@a.example.com,b.example.com:3307/n'));
    expect(listApprovals(env)).toEqual([
      { url: 'mysql://a.example.com:3306,b.example.com:3307/n', tls: 'verify', user: 'alice' },
    ]);
    const isApproved = (hosts: string) =>
      findApproval(env, server(`mysql://${hosts}/n`), []) !== undefined;
    expect(isApproved('a.example.com,b.example.com:3307')).toBe(true);
    for (const changed of [
      'a.example.com',
      'b.example.com:3307',
      'b.example.com:3307,a.example.com',
      'a.example.com,b.example.com',
      'a.example.com,b.example.com:3307,c.example.com',
      'a.example.com,c.example.com:3307',
    ]) {
      expect(isApproved(changed), changed).toBe(false);
    }
  });

  test('of a cluster asks for TLS unless every host is this machine', () => {
    const env = { HOME: freshFolder() };
    const tls = (url: string) => approve(env, server(url)).tls;
    expect(tls('mysql://127.0.0.1:1,localhost:2/n')).toBe('off');
    expect(tls('mysql://127.0.0.1:1,db.example.com/n')).toBe('verify');
    expect(tls('mysql://127.0.0.1:1,db.example.com/n?ssl=off')).toBe('off');
  });

  test('does not count where others could have written it', () => {
    const env = { HOME: freshFolder() };
    approve(env, server());
    chmodSync(trustFile(env), 0o620);
    expect(findApproval(env, server(), [])).toBeUndefined();
    chmodSync(trustFile(env), 0o644);
    expect(findApproval(env, server(), [])).toBeDefined();
  });

  test('does not count inside a project, but the home folder is no project', () => {
    const home = freshFolder();
    const env = { HOME: home };
    approve(env, server());
    expect(findApproval(env, server(), [join(home, '.config')])).toBeUndefined();
    expect(findApproval(env, server(), [join(home, '.conf')])).toBeDefined();
    // Started above the account's home, as `/` is: not everything there is one project.
    expect(findApproval(env, server(), ['/'])).toBeDefined();
  });

  test('in a broken list is an error, not an approval', () => {
    const env = { HOME: freshFolder() };
    for (const text of [
      '{',
      '[]',
      '{"databases": {}}',
      '{"databases": [{"url": 1}]}',
      '{"databases": [null]}',
    ]) {
      write(trustFile(env), text);
      expect(() => findApproval(env, server(), [])).toThrow(/trusted\.json/);
    }
  });
});

describe('a login', () => {
  const url = 'mysql://db.example.com:3306/n';

  function credentials(home: string, value: unknown, mode = 0o600): void {
    const file = write(join(home, '.config/docket/credentials.json'), JSON.stringify(value));
    chmodSync(file, mode);
  }

  test('is the variables’, else the URL’s user, the file’s, the configuration’s, the account’s', () => {
    const home = freshFolder();
    const env = { HOME: home };
    expect(findLogin(env, server(), { configuredUser: 'configured' })).toEqual({
      user: 'configured',
      password: '',
    });
    expect(findLogin(env, server(), { configuredUser: undefined }).user).not.toBe('');
    credentials(home, { [url]: { user: 'stored', password: 'geheim' } });
    expect(findLogin(env, server(), { configuredUser: 'configured' })).toEqual({
      user: 'stored',
      password: 'geheim',
    });
    expect(
      findLogin(env, server('mysql://alice@db.example.com/n'), { configuredUser: 'configured' })
        .user,
    ).toBe('alice');
    // Nobody logs in with the password of another user.
    expect(
      findLogin(env, server('mysql://alice@db.example.com/n'), { configuredUser: undefined })
        .password,
    ).toBe('');
    expect(
      findLogin({ ...env, DOCKET_USER: 'bob' }, server(), { configuredUser: undefined }).password,
    ).toBe('');
    expect(
      findLogin({ ...env, DOCKET_USER: 'stored' }, server(), { configuredUser: undefined })
        .password,
    ).toBe('geheim');
    const given = { ...env, DOCKET_USER: 'bob', DOCKET_PASSWORD: 'other' };
    expect(findLogin(given, server(), { configuredUser: 'configured' })).toEqual({
      user: 'bob',
      password: 'other',
    });
    // Empty as good as unset: nobody is called ''.
    expect(findLogin({ ...env, DOCKET_USER: '' }, server(), { configuredUser: 'x' }).user).toBe(
      'stored',
    );
    expect(findLogin(env, server('mysql://db.example.com/m'), { configuredUser: 'x' })).toEqual({
      user: 'x',
      password: '',
    });
  });

  test.for([0o640, 0o604, 0o660, 0o644])(
    'in a file of mode %o is refused, with what mends it',
    (mode) => {
      const home = freshFolder();
      credentials(home, { [url]: { password: 'geheim' } }, mode);
      try {
        findLogin({ HOME: home }, server(), { configuredUser: undefined });
        expect.unreachable();
      } catch (error) {
        const { message, hint } = error as DocketError;
        expect(message).toContain('can be read by others');
        expect(hint).toContain('chmod 600');
      }
    },
  );

  test('says by which authority and socket the server is known, with paths beside the file', () => {
    const home = freshFolder();
    credentials(home, { [url]: { ca: 'team.pem', socket: '/run/mysqld/mysqld.sock' } });
    const find = () => findLogin({ HOME: home }, server(), { configuredUser: 'alice' });
    expect(find).toThrow(/team\.pem cannot be used as the "ca"/);
    write(join(home, '.config/docket/team.pem'), 'BEGIN PRIVATE KEY');
    expect(find).toThrow(/team\.pem cannot be used as the "ca".*holds no certificate/);
    write(join(home, '.config/docket/team.pem'), 'BEGIN CERTIFICATE');
    expect(find()).toMatchObject({ ca: 'BEGIN CERTIFICATE', socket: '/run/mysqld/mysqld.sock' });
    credentials(home, { [url]: { ca: 7 } });
    expect(find).toThrow(/ca is not text/);
  });

  test('is the approved URL’s where no file and no variable says otherwise', () => {
    const home = freshFolder();
    const find = () =>
      findLogin({ HOME: home }, server(), { configuredUser: 'x', approvedUser: 'alice' }).user;
    expect(find()).toBe('alice');
    credentials(home, { [url]: { password: 'geheim' } });
    expect(find()).toBe('alice');
    credentials(home, { [url]: { user: 'bob' } });
    expect(find()).toBe('bob');
  });

  test.for([
    'mysql://db.example.com/n',
    'mysql://DB.example.com:3306/n?ssl=off',
    'mysql://alice@db.example.com/n',
  ])('is found by its URL as commands take it: %s', (key) => {
    const home = freshFolder();
    credentials(home, { [key]: { password: 'geheim' } });
    const login = findLogin({ HOME: home }, server(), { configuredUser: 'alice' });
    expect(login).toMatchObject({ user: 'alice', password: 'geheim' });
  });

  test.for([
    [{ user: 'alice', password: 'geheim' }, 'has a key that is not the URL of a server'],
    [{ 'db.example.com': { password: 'geheim' } }, 'not the URL of a server'],
    [{ 'mysql://alice:geheim@db.example.com/n': {} }, 'not the URL of a server'],
    [{ 'sqlite:/x.db': { password: 'geheim' } }, 'not the URL of a server'],
    [{ [url]: { username: 'alice' } }, 'has no field "username"'],
    [{ [url]: { user: ['alice'] } }, 'user is not text'],
    [{ [url]: 'geheim' }, 'is not an object'],
    [['geheim'], 'is not an object'],
  ] as const)('in a file of another form is an error: %j', ([value, why]) => {
    const home = freshFolder();
    credentials(home, value);
    try {
      findLogin({ HOME: home }, server(), { configuredUser: 'x' });
      expect.unreachable();
    } catch (error) {
      const { code, message, hint } = error as DocketError;
      expect(code).toBe('invalid_config');
      expect(message).toContain(why);
      expect(message).not.toContain('geheim');
      expect(hint).toContain('{"mysql://db.example.com:3306/tasks": {"user": "alice"');
    }
  });

  test('in a broken file is an error that does not repeat it', () => {
    const home = freshFolder();
    const file = join(home, '.config/docket/credentials.json');
    const texts = [
      `{"${url}": {"password": "geheim"`,
      `{"${url}": "geheim"}`,
      `{"${url}": {"password": ["geheim"]}}`,
      '"geheim"',
      `{"${url}": {"password": geheim}}`,
    ];
    for (const text of texts) {
      write(file, text);
      chmodSync(file, 0o600);
      try {
        findLogin({ HOME: home }, server(), { configuredUser: undefined });
        expect.unreachable();
      } catch (error) {
        const { message, hint, cause } = error as DocketError;
        expect(message).toContain('credentials.json');
        expect(`${message} ${hint} ${cause}`).not.toContain('geheim');
      }
    }
  });
});
