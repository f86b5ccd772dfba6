import { expect, test } from 'vitest';
import { staleAfter } from '../../lib/model/limits.ts';
import { type HolderSession, isStale } from '../../lib/model/liveness.ts';

const start = Date.parse('2026-11-21T10:00:00.000Z');
const since = new Date(start).toISOString();
const claim = { session: 'abc', since };
const elsewhere = { scope: 'boot-1', isAlive: () => true };

function after(milliseconds: number): string {
  return new Date(start + milliseconds).toISOString();
}

function holder(change: Partial<HolderSession> = {}): HolderSession {
  return {
    id: 'abc',
    lastSeenAt: since,
    endedAt: null,
    processScope: null,
    processId: null,
    processStart: null,
    ...change,
  };
}

test('a session that has ended holds nothing any more, however fresh', () => {
  expect(isStale(claim, holder({ endedAt: since }), { now: since, probe: elsewhere })).toBe(true);
});

test('a session on another host is gone when it has been silent for long', () => {
  const at = (milliseconds: number, session?: HolderSession) =>
    isStale(claim, session, { now: after(milliseconds), probe: elsewhere });
  expect(at(staleAfter.session, holder())).toBe(false);
  expect(at(staleAfter.session + 1, holder())).toBe(true);
  expect(at(staleAfter.session + 1, holder({ lastSeenAt: after(1_000) }))).toBe(false);
  expect(at(staleAfter.session, undefined)).toBe(false);
  expect(at(staleAfter.session + 1, undefined)).toBe(true);
});

test('a claim is itself a heartbeat', () => {
  const session = holder({ lastSeenAt: after(-staleAfter.session) });
  expect(isStale(claim, session, { now: after(1_000), probe: elsewhere })).toBe(false);
});

test('a person at a terminal has a day', () => {
  const terminal = { session: 'terminal:alice@one', since };
  const at = (milliseconds: number) =>
    isStale(terminal, undefined, { now: after(milliseconds), probe: elsewhere });
  expect([at(staleAfter.terminal), at(staleAfter.terminal + 1)]).toEqual([false, true]);
});

test('a process that this machine sees is asked, and silence does not matter', () => {
  const session = holder({ processScope: 'boot-1', processId: 42, processStart: '7' });
  const probe = (alive: boolean, scope: string | null = 'boot-1') => ({
    scope,
    isAlive: (id: number, begin: string) => alive && id === 42 && begin === '7',
  });
  const late = after(10 * staleAfter.session);
  expect(isStale(claim, session, { now: late, probe: probe(true) })).toBe(false);
  expect(isStale(claim, session, { now: since, probe: probe(false) })).toBe(true);
  expect(isStale(claim, session, { now: late, probe: probe(true, 'boot-2') })).toBe(true);
  expect(isStale(claim, session, { now: late, probe: probe(true, null) })).toBe(true);
});

test('a session without a process is not asked for one, where no scope is known either', () => {
  const probe = { scope: null, isAlive: () => false };
  expect(isStale(claim, holder(), { now: since, probe })).toBe(false);
});
