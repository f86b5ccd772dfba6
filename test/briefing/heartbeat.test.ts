import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { finishSession, keepSessionAlive } from '../../lib/briefing/heartbeat.ts';
import { briefSessionStart } from '../../lib/briefing/session-start.ts';
import { heartbeatFile } from '../../lib/state/heartbeat.ts';
import { createHookUser, type HookUser } from '../hooks/hook-user.ts';
import { hookContextOf } from './context-of.ts';

async function refuse(person: HookUser, what: 'INSERT' | 'UPDATE'): Promise<void> {
  await person.work(({ store }) =>
    store.db.run(`CREATE TRIGGER refused BEFORE ${what} ON sessions
      BEGIN SELECT RAISE(ABORT, 'refused'); END`),
  );
}

/** SQLite ends its write-ahead log for nobody but the only connection. */
function isLeftOpen(person: HookUser): boolean {
  const file = new DatabaseSync(person.database, { timeout: 0 });
  try {
    file.exec('PRAGMA journal_mode = DELETE');
    return false;
  } catch {
    return true;
  } finally {
    file.close();
  }
}

test('a heartbeat that failed is tried again by the next heartbeat', async () => {
  const person = createHookUser();
  await refuse(person, 'INSERT');
  const hook = hookContextOf(person);
  await expect(keepSessionAlive(hook, person.env, Date.now())).rejects.toThrow('refused');
  expect(heartbeatFile(hook.stateFolder, hook.sessionId).isFresh()).toBe(false);
  expect(isLeftOpen(person)).toBe(false);
});

test('an end that could not be written leaves no connection open', async () => {
  const person = createHookUser();
  await refuse(person, 'UPDATE');
  const hook = hookContextOf(person);
  await keepSessionAlive(hook, person.env, Date.now());
  const options = { env: person.env, now: Date.now(), reason: 'other' };
  await expect(finishSession(hook, options)).rejects.toThrow('refused');
  expect(isLeftOpen(person)).toBe(false);
});

test('a start that could not be written is briefed all the same, and leaves no connection open', async () => {
  const person = createHookUser();
  await refuse(person, 'INSERT');
  const hook = hookContextOf(person);
  const options = { env: person.env, now: Date.now(), source: 'startup', binFolder: '/nowhere' };
  expect((await briefSessionStart(hook, options)).context).toContain('Nothing is open.');
  expect(heartbeatFile(hook.stateFolder, hook.sessionId).isFresh()).toBe(false);
  expect(isLeftOpen(person)).toBe(false);
});
