import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findWorker } from '../../lib/access/worker.ts';
import type { Env } from '../../lib/config/paths.ts';
import { ownerOf } from '../../lib/model/worker.ts';
import { writeSession } from '../../lib/state/session-state.ts';

const account = `${userInfo().username}@${hostname().split('.')[0]}`;

/** The worker of a command at a terminal, or without one. */
function find(env: Env, isTerminal = true) {
  return findWorker(env, { folder: '/', isTerminal });
}

/** A home with a git of its own, which notes that it was asked and answers with a name. */
function homeWithGit(name: string, exitCode = 0): { env: Env; asked: () => number } {
  const home = mkdtempSync(join(tmpdir(), 'docket-worker-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 10 }));
  const log = join(home, 'asked');
  mkdirSync(join(home, 'bin'));
  const file = join(home, 'bin/git');
  writeFileSync(join(home, 'name'), name);
  writeFileSync(file, `#!/bin/sh\necho x >>'${log}'\ncat '${home}/name'\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  return {
    env: { HOME: home, PATH: `${home}/bin:/usr/bin:/bin` },
    asked: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0),
  };
}

test('the session is that of Claude Code before any other', () => {
  const env = { CLAUDE_CODE_SESSION_ID: 'claude', DOCKET_SESSION: 'other', DOCKET_ACTOR: 'a@b' };
  expect(find(env)).toEqual({ session: 'claude', agent: 'main', actor: 'a@b' });
  expect(find({ ...env, CLAUDE_CODE_SESSION_ID: '' }).session).toBe('other');
  expect(find(env, false).session).toBe('claude');
});

test('a person at a terminal is a session of their own, by account and host', () => {
  const { env } = homeWithGit('Alice');
  expect(find(env).session).toBe(`terminal:${account}`);
  expect(find({ DOCKET_ACTOR: 'alice@one' }).session).toBe('terminal:alice@one');
});

test('a command without session and terminal is a worker of its own, whom the person answers for', () => {
  const env = { DOCKET_ACTOR: 'alice@one' };
  const sessions = Array.from({ length: 50 }, () => find(env, false).session);
  expect(new Set(sessions)).toHaveProperty('size', 50);
  for (const session of sessions) {
    expect(session).toMatch(/^terminal:alice@one#[0-9a-z]{8}$/);
    expect(ownerOf(session)).toBe('terminal:alice@one');
  }
  expect(find({ ...env, DOCKET_SESSION: 'nightly' }, false).session).toBe('nightly');
});

test('the actor is DOCKET_ACTOR, else the name that git has, else account and host', () => {
  const alice = homeWithGit('  Alice\u202e  of\tOne \n');
  expect(find(alice.env).actor).toBe('Alice of One');
  expect(find({ ...alice.env, DOCKET_ACTOR: 'bob@two' }).actor).toBe('bob@two');
  expect(alice.asked()).toBe(1);
  for (const nobody of [homeWithGit('', 0), homeWithGit(' \n'), homeWithGit('Alice', 1)]) {
    expect(find(nobody.env).actor).toBe(account);
  }
  expect(find({ HOME: '/nowhere', PATH: '/nowhere' }).actor).toBe(account);
  expect(find(homeWithGit('x'.repeat(5_000)).env).actor).toBe('x'.repeat(100));
});

test('git is asked once at most, and only for who writes', () => {
  const { env, asked } = homeWithGit('Alice');
  const worker = find(env);
  expect(worker.session).toContain('terminal:');
  expect(asked()).toBe(0);
  expect([worker.actor, worker.actor]).toEqual(['Alice', 'Alice']);
  expect(asked()).toBe(1);
});

test('the commands of a Claude Code session act for whom its start found out', () => {
  const { env, asked } = homeWithGit('Alice');
  writeSession(join(env.HOME ?? '', '.local/state/docket'), 'claude', { actor: 'Alice at start' });
  expect(find({ ...env, CLAUDE_CODE_SESSION_ID: 'claude' }).actor).toBe('Alice at start');
  expect(asked()).toBe(0);
  expect(find({ ...env, CLAUDE_CODE_SESSION_ID: 'other' }).actor).toBe('Alice');
});

test('an agent may name itself', () => {
  expect(find({ DOCKET_AGENT: 'agent-7' }).agent).toBe('agent-7');
});

test('a long actor still gives a session that fits', () => {
  for (const isTerminal of [true, false]) {
    const { session } = find({ DOCKET_ACTOR: 'x'.repeat(500) }, isTerminal);
    expect(session.length).toBeLessThanOrEqual(128);
    expect(ownerOf(session)).toBe(`terminal:${'x'.repeat(100)}`);
  }
});

test.for(['CLAUDE_CODE_SESSION_ID', 'DOCKET_SESSION', 'DOCKET_AGENT'])(
  'a %s that is too long is refused',
  (variable) => {
    expect(() => find({ [variable]: 'x'.repeat(129) })).toThrow(
      expect.objectContaining({ code: 'usage' }),
    );
  },
);

test.for(['DOCKET_SESSION', 'DOCKET_ACTOR', 'DOCKET_AGENT'])(
  '%s is refused where it is not UTF-8 or has control characters',
  (name) => {
    for (const text of ['caf\ufffd', 'a\u001b[31mb', 'a\u0085b']) {
      expect(() => findWorker({ [name]: text }, { folder: undefined, isTerminal: true })).toThrow(
        'has control characters or is not UTF-8',
      );
    }
  },
);
