import {
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { heartbeatFile, heartbeatName, heartbeatPath } from '../../lib/state/heartbeat.ts';
import { isOutageNotified, markOutageNotified } from '../../lib/state/outage-mark.ts';
import { forgetOldSessions, readSession, writeSession } from '../../lib/state/session-state.ts';
import { writeState } from '../../lib/state/state-file.ts';
import { freshStateFolder } from './folder.ts';

const day = 24 * 3_600;

test('what is kept of a session is its own', () => {
  const folder = freshStateFolder();
  expect(readSession(folder, 'a')).toEqual({});
  expect(writeSession(folder, 'a', { folder: '/x', told: ['not_trusted'] })).toBe(true);
  expect(writeSession(folder, '../a', { folder: '/y' })).toBe(true);
  expect(readSession(folder, 'a')).toEqual({ folder: '/x', told: ['not_trusted'] });
  expect(readSession(folder, '../a')).toEqual({ folder: '/y' });
  expect(readdirSync(folder)).toEqual(['sessions']);
});

test('what is no state of a session counts as none', () => {
  const folder = freshStateFolder();
  writeSession(folder, 'a', {});
  const [name = ''] = readdirSync(join(folder, 'sessions'));
  for (const value of [null, 'text', 1, { folder: 7 }, { actor: 7 }, { told: 'x' }]) {
    writeState(join(folder, 'sessions', name), value);
    expect(readSession(folder, 'a')).toEqual({});
  }
});

test('sessions of long ago are forgotten, with their stamps', () => {
  const folder = freshStateFolder();
  forgetOldSessions(folder, Date.now());
  for (const session of ['old', 'new']) {
    writeSession(folder, session, {});
    heartbeatFile(folder, session).mark();
    markOutageNotified(folder, session);
  }
  const past = Date.now() / 1_000 - 15 * day;
  const [oldState = ''] = readdirSync(join(folder, 'sessions')).filter((name) =>
    name.startsWith('old'),
  );
  utimesSync(join(folder, 'sessions', oldState), past, past);
  const [oldMark = ''] = readdirSync(join(folder, 'outages')).filter((name) =>
    name.startsWith('old'),
  );
  utimesSync(join(folder, 'outages', oldMark), past, past);
  utimesSync(join(folder, 'stamps/old'), past, past);
  forgetOldSessions(folder, Date.now());
  expect(readdirSync(join(folder, 'sessions'))).toHaveLength(1);
  expect(readdirSync(join(folder, 'stamps'))).toEqual(['new']);
  expect([isOutageNotified(folder, 'old'), isOutageNotified(folder, 'new')]).toEqual([false, true]);
});

test('nothing is forgotten that is not of a session, nor through a link', () => {
  const folder = freshStateFolder();
  const past = Date.now() / 1_000 - 15 * day;
  const foreign = join(folder, 'foreign');
  mkdirSync(join(folder, 'sessions'), { recursive: true });
  mkdirSync(foreign);
  symlinkSync(foreign, join(folder, 'stamps'));
  for (const path of [join(foreign, 'old'), join(folder, 'sessions/letter to bob.txt')]) {
    writeFileSync(path, 'text');
    utimesSync(path, past, past);
  }
  forgetOldSessions(folder, Date.now());
  expect(readdirSync(foreign)).toEqual(['old']);
  expect(readdirSync(join(folder, 'sessions'))).toEqual(['letter to bob.txt']);
});

test('a stamp is fresh for a minute, by a clock that may have been set back', () => {
  const folder = freshStateFolder();
  expect(heartbeatFile(folder, 'a').isFresh()).toBe(false);
  heartbeatFile(folder, 'a').mark();
  const now = Date.now();
  expect(heartbeatFile(folder, 'a').isFresh(now + 50_000)).toBe(true);
  expect(heartbeatFile(folder, 'a').isFresh(now + 61_000)).toBe(false);
  expect(heartbeatFile(folder, 'a').isFresh(now - 61_000)).toBe(false);
});

test('a stamp that is taken back is not fresh, and one that is not there is no error', () => {
  const folder = freshStateFolder();
  heartbeatFile(folder, 'a').mark();
  for (const session of ['a', 'a', '../a']) heartbeatFile(folder, session).unmark();
  expect(heartbeatFile(folder, 'a').isFresh()).toBe(false);
});

test('a stamp of a session and a list has a name that any session and list can have', () => {
  const list = { database: 'sqlite:/x.db', workspace: 'web' };
  const other = { ...list, database: 'sqlite:/y.db' };
  const names = ['a', 'alice@one:ttys/1', 'alice@one:ttys.1', 'x'.repeat(128)].flatMap(
    (session) => [heartbeatName(session, list), heartbeatName(session, other)],
  );
  expect(new Set(names).size).toBe(8);
  for (const name of names) expect(heartbeatPath('/s', name)).toBeDefined();
});

test('a stamp’s name is the session’s, as the launcher looks for it, and never another path', () => {
  expect(heartbeatPath('/s', '3f2a-77_B')).toBe('/s/stamps/3f2a-77_B');
  for (const session of ['', '..', 'a/b', 'a b', 'ä', 'x'.repeat(65)]) {
    expect(heartbeatPath('/s', session)).toBeUndefined();
  }
  const folder = freshStateFolder();
  heartbeatFile(folder, '../x').mark();
  expect(existsSync(folder)).toBe(false);
  // Something else stands there: the next sign of life comes sooner, nothing worse.
  mkdirSync(join(folder, 'stamps/a'), { recursive: true });
  heartbeatFile(folder, 'a').mark();
});
