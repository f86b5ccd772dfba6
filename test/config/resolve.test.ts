import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import type { Env } from '../../lib/config/paths.ts';
import { planConnection, resolveContext } from '../../lib/config/resolve.ts';
import { approve } from '../../lib/config/trust.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { freshFolder, ids, initialise, write } from './folders.ts';

interface Setting {
  readonly home: string;
  readonly project: string;
  readonly env: Env;
}

function setting(database?: string): Setting {
  const home = freshFolder();
  const project = join(home, 'work');
  initialise(project, ids.outer, database);
  return { home, project, env: { HOME: home } };
}

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof DocketError ? error.code : String(error);
  }
}

describe('the database', () => {
  test('is the flag’s, else the environment’s, the project’s, the person’s, the default', () => {
    const { home, project, env } = setting('mysql://project.example.com/n');
    write(join(home, '.config/docket/config.json'), '{"database": "sqlite:/data/user.db"}');
    const withEnv = { ...env, DOCKET_DATABASE: 'mysql://env.example.com/n' };
    const chosen = (folder: string, given: Env, database?: string) => {
      const context = resolveContext(folder, given, { database });
      return [context.source, databaseUrl(context.database)];
    };
    expect(chosen(project, withEnv, 'sqlite:x.db')).toEqual([
      'flag',
      `sqlite:${join(project, 'x.db')}`,
    ]);
    expect(chosen(project, withEnv)).toEqual(['environment', 'mysql://env.example.com:3306/n']);
    expect(chosen(project, env)).toEqual(['project', 'mysql://project.example.com:3306/n']);
    expect(chosen(home, env)).toEqual(['user', 'sqlite:/data/user.db']);
    const nobody = { HOME: join(home, 'nobody') };
    const fallback = `sqlite:${join(home, 'nobody/.local/share/docket/docket.db')}`;
    expect(chosen('/', nobody)).toEqual(['default', fallback]);
    // An empty variable is none.
    expect(chosen('/', { ...nobody, DOCKET_DATABASE: '' })).toEqual(['default', fallback]);
    expect(chosen('/', { ...nobody, XDG_DATA_HOME: '/xdg' })).toEqual([
      'default',
      'sqlite:/xdg/docket/docket.db',
    ]);
  });

  test('does not depend on the folder one stands in', () => {
    const { project, env } = setting('sqlite:tasks.db');
    mkdirSync(join(project, 'a/b'), { recursive: true });
    const urls = ['', 'a', 'a/b'].map((folder) =>
      databaseUrl(resolveContext(join(project, folder), env).database),
    );
    expect(new Set(urls)).toEqual(new Set([`sqlite:${join(project, 'tasks.db')}`]));
  });
});

describe('the workspace', () => {
  test('is the project’s; none in a repository that was never initialised; else one’s own', () => {
    const { home, project, env } = setting();
    expect(resolveContext(project, env).workspace).toEqual({ id: ids.outer, slug: 'outer' });
    const other = join(home, 'other');
    mkdirSync(join(other, '.git'), { recursive: true });
    expect(resolveContext(other, env).workspace).toBeUndefined();
    const own = resolveContext(home, env).workspace;
    expect(own?.id).toMatch(/^default:/);
    expect(own?.slug).toMatch(/^[a-z][a-z0-9-]*$/);
  });
});

describe('without the person’s word', () => {
  test.for([
    ['a project', 'mysql://db.example.com/n', {}],
    ['a project', 'sqlite:tasks.db', {}],
    ['the environment', undefined, { DOCKET_DATABASE: 'mysql://db.example.com/n' }],
    ['the environment', undefined, { DOCKET_DATABASE: 'sqlite:/elsewhere/tasks.db' }],
  ] as const)('%s may name %s, and nothing is connected to', ([, database, more]) => {
    const { project, env } = setting(database);
    const given = { ...env, ...more };
    expect(codeOf(() => planConnection(resolveContext(project, given), given))).toBe('not_trusted');
  });

  test('a flag counts outside Claude Code, and not in a session', () => {
    const { project, env } = setting();
    const plan = (given: Env) =>
      planConnection(
        resolveContext(project, given, { database: 'mysql://db.example.com/n' }),
        given,
      );
    expect(plan(env)).toMatchObject({ host: 'db.example.com', tls: 'verify' });
    for (const variable of ['CLAUDECODE', 'CLAUDE_CODE_SESSION_ID', 'CLAUDE_PID', 'AI_AGENT']) {
      for (const value of ['1', '']) {
        expect(codeOf(() => plan({ ...env, [variable]: value }))).toBe('not_trusted');
      }
    }
  });

  test('a server in one’s own file needs approval, a SQLite file there does not', () => {
    const { home, env } = setting();
    const config = join(home, '.config/docket/config.json');
    write(config, '{"database": "mysql://db.example.com/n"}');
    const plan = () => planConnection(resolveContext(home, env), env);
    expect(codeOf(plan)).toBe('not_trusted');
    write(config, '{"database": "sqlite:/data/tasks.db"}');
    expect(plan()).toEqual({ kind: 'sqlite', path: '/data/tasks.db' });
  });

  test('“one’s own file” inside the project is the project’s', () => {
    const { home, project } = setting();
    write(join(project, 'docket/config.json'), '{"database": "sqlite:/data/tasks.db"}');
    const plan = (env: Env) => planConnection(resolveContext(project, env), env);
    expect(codeOf(() => plan({ HOME: home, XDG_CONFIG_HOME: project }))).toBe('not_trusted');
    // As a project's settings could set it.
    const session = { CLAUDECODE: '1', CLAUDE_PROJECT_DIR: project };
    expect(codeOf(() => plan({ HOME: project, XDG_CONFIG_HOME: project, ...session }))).toBe(
      'not_trusted',
    );
  });
});

describe('with the person’s word', () => {
  test('exactly what was approved is connected to, and the password goes nowhere else', () => {
    const { project, env } = setting('mysql://db.example.com/n');
    approve(env, {
      kind: 'mysql',
      host: 'db.example.com',
      port: 3306,
      name: 'n',
      user: undefined,
      sslOff: false,
    });
    const given = { ...env, DOCKET_USER: 'alice', DOCKET_PASSWORD: 'geheim' };
    expect(planConnection(resolveContext(project, given), given)).toEqual({
      kind: 'mysql',
      host: 'db.example.com',
      port: 3306,
      database: 'n',
      user: 'alice',
      password: 'geheim',
      tls: 'verify',
    });
    for (const other of [
      'mysql://db.example.com:3307/n',
      'mysql://db.example.com/m',
      'mysql://db2.example.com/n',
    ]) {
      initialise(project, ids.outer, other);
      expect(codeOf(() => planConnection(resolveContext(project, given), given))).toBe(
        'not_trusted',
      );
    }
  });

  test('ssl=off counts in the approval alone', () => {
    const { project, env } = setting('mysql://db.example.com/n?ssl=off');
    const plan = () => planConnection(resolveContext(project, env), env);
    const database = {
      kind: 'mysql',
      host: 'db.example.com',
      port: 3306,
      name: 'n',
      user: undefined,
    } as const;
    approve(env, { ...database, sslOff: false });
    expect(plan()).toMatchObject({ tls: 'verify' });
    approve(env, { ...database, sslOff: true });
    expect(plan()).toMatchObject({ tls: 'off' });
  });

  test('an authority asks for TLS, and a socket without one does without, whatever was approved', () => {
    const { home, project, env } = setting('mysql://127.0.0.1/n');
    const plan = () => planConnection(resolveContext(project, env), env);
    const database = parseDatabase('mysql://127.0.0.1/n', '/');
    approve(env, database);
    const say = (entry: Record<string, string>): void => {
      const file = join(home, '.config/docket/credentials.json');
      write(file, JSON.stringify({ [databaseUrl(database)]: entry }));
      chmodSync(file, 0o600);
    };
    write(join(home, '.config/docket/ca.pem'), 'BEGIN CERTIFICATE');
    say({ ca: 'ca.pem' });
    expect(plan()).toMatchObject({ tls: 'verify', ca: 'BEGIN CERTIFICATE' });
    say({ ca: 'ca.pem', socket: '/run/s.sock' });
    expect(plan()).toMatchObject({ tls: 'verify', ca: 'BEGIN CERTIFICATE', socket: '/run/s.sock' });
    say({ socket: '/run/s.sock' });
    expect(plan()).toMatchObject({ tls: 'off', socket: '/run/s.sock' });
    initialise(project, ids.outer, 'mysql://127.0.0.1/n?socket=/run/s.sock');
    expect(codeOf(plan)).toBe('invalid_input');
  });

  test('a cluster is connected to as a whole, and a socket leads to one server', () => {
    const { home, project, env } = setting('mysql://a.example.com,b.example.com:3307/n');
    const plan = () => planConnection(resolveContext(project, env), env);
    expect(codeOf(plan)).toBe('not_trusted');
    const database = parseDatabase('mysql://a.example.com,b.example.com:3307/n', '/');
    approve(env, database);
    expect(plan()).toMatchObject({
      host: 'a.example.com',
      port: 3306,
      others: [{ host: 'b.example.com', port: 3307 }],
      memberFile: join(
        home,
        '.local/state/docket/members/mysql_a.example.com_3306_b.example.com_3307_n',
      ),
      tls: 'verify',
    });
    const file = join(home, '.config/docket/credentials.json');
    write(file, JSON.stringify({ [databaseUrl(database)]: { socket: '/run/s.sock' } }));
    chmodSync(file, 0o600);
    expect(plan()).toMatchObject({ socket: '/run/s.sock', tls: 'off' });
    expect(plan()).not.toHaveProperty('others');
    initialise(project, ids.outer, 'mysql://a.example.com,c.example.com:3307/n');
    expect(codeOf(plan)).toBe('not_trusted');
  });

  test('loopback needs no TLS', () => {
    const { project, env } = setting('mysql://127.0.0.1/n');
    approve(env, {
      kind: 'mysql',
      host: '127.0.0.1',
      port: 3306,
      name: 'n',
      user: undefined,
      sslOff: false,
    });
    expect(planConnection(resolveContext(project, env), env)).toMatchObject({ tls: 'off' });
  });
});
