import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { databaseUrl, parseDatabase } from '../../lib/config/database.ts';
import { stateFolder } from '../../lib/config/paths.ts';
import type { PromptList } from '../../lib/model/prompt/list.ts';
import { saveSnapshot } from '../../lib/state/snapshot.ts';
import { freePort } from '../engines/free-port.ts';
import { type Behaviour, behaviours, isFull, startFake } from './fake-server.ts';
import { createHookUser, type HookUser, workspace } from './hook-user.ts';
import { expectOutage, expectOutageWithoutList } from './outage.ts';

const lastList: PromptList = {
  slug: 'web',
  seq: 3,
  at: '2026-11-21T10:02:33.000Z',
  mine: [],
  others: [],
  blocked: [],
  ready: [{ key: 'web-k3f9', priority: 2, title: 'Wire the valve', plan: null }],
  waiting: [],
  counts: { inProgress: 0, blocked: 0, ready: 1, waiting: 0 },
};

/** Somebody whose hooks read the list from a server when it still worked. */
function createReader(url: string): HookUser {
  const person = createHookUser({ database: url, env: { DOCKET_PASSWORD: 'geheim' } });
  const database = databaseUrl(parseDatabase(url, '/'));
  saveSnapshot(
    stateFolder(person.env),
    { database, workspace: workspace.id },
    { list: lastList, readAt: Date.now() },
  );
  return person;
}

const failures: readonly (readonly [string, Behaviour])[] = Object.entries(behaviours);

describe.for(failures)('a server that %s', ([, behave]) => {
  test('is an outage: the last list with its age, told once a session, then a breaker', async () => {
    const server = await startFake(behave);
    const person = createReader(server.url);
    await expectOutage(person, /./);
    // One attempt of the first prompt, and none of all that followed.
    expect(server.connections()).toBe(1);
  });

  test('keeps no session from starting or ending, and leaks no password', async () => {
    const server = await startFake(behave);
    const person = createReader(server.url);
    const start = await person.say('session-start', { source: 'startup' });
    expect(start.context).toMatch(/^How this project tracks work/);
    expect(start.context).toContain('P2 Wire the valve');
    expect(start.systemMessage).toMatch(/^docket: the task database cannot be used: /);
    expect(JSON.stringify(start)).not.toContain('geheim');
    expect(start.systemMessage).not.toMatch(/[\p{Cc}\p{Cf}]|<[/!?\p{L}]/u);
    expect(await person.say('heartbeat', { session_id: 'session-c' })).toEqual({});
    expect(await person.say('session-end', { reason: 'other' })).toEqual({});
  });
});

test.for(['is silent after it accepted', 'greets and is silent'] as const)(
  'a session that starts waits once for a server that %s',
  async (name) => {
    const server = await startFake(behaviours[name]);
    const person = createReader(server.url);
    await person.say('session-start', { source: 'startup' });
    expect(server.connections()).toBe(1);
    expect(person.readState('breakers')).toMatchObject({ pause: 5_000 });
  },
);

test('a session that starts notes for the launcher whether its list lies on a server', async () => {
  const server = await startFake(behaviours['greets and is silent']);
  const person = createReader(server.url);
  const mark = join(stateFolder(person.env), 'uses-server');
  expect(existsSync(mark)).toBe(false);
  await person.say('session-start', { source: 'startup' });
  expect(existsSync(mark)).toBe(true);
  const other = createHookUser();
  await other.say('session-start', { source: 'startup' }, { XDG_STATE_HOME: join(mark, '../..') });
  expect(existsSync(mark)).toBe(false);
});

test('a port that nobody listens on is an outage', async () => {
  const person = createReader(`mysql://127.0.0.1:${await freePort()}/tasks`);
  await expectOutage(person, /ECONNREFUSED/);
});

test('a host that does not exist is an outage', async () => {
  const person = createReader('mysql://tasks.invalid/tasks');
  await expectOutage(person, /./);
});

test('who never saw a list is told as well, and the model not bothered', async () => {
  const server = await startFake(behaviours['is silent after it accepted']);
  await expectOutageWithoutList(createHookUser({ database: server.url }), /is silent/);
});

describe('a server that is full', () => {
  test('is tried again until the deadline, and is no outage', async () => {
    const server = await startFake(isFull);
    const person = createReader(server.url);
    for (let prompt = 0; prompt < 2; prompt += 1) {
      const said = await person.prompt();
      expect(said.context).toContain('This is the list of under a minute ago');
      expect(said.context).toContain('P2 Wire the valve');
      expect(said.systemMessage).toBeUndefined();
    }
    expect(server.connections()).toBeGreaterThan(4);
    expect(person.readState('breakers')).toBeUndefined();
  });

  test('does not trip the breaker when a session starts', async () => {
    const server = await startFake(isFull);
    const person = createReader(server.url);
    const start = await person.say('session-start', { source: 'startup' });
    expect(start.context).toContain('P2 Wire the valve');
    expect(start.systemMessage).toBeUndefined();
    expect(person.readState('breakers')).toBeUndefined();
  });

  test('leaves who never saw a list without one, and says nothing', async () => {
    const server = await startFake(isFull);
    const person = createHookUser({ database: server.url });
    expect(await person.prompt()).toEqual({});
  });
});

test('without approval nothing is connected to, and it is said once', async () => {
  const server = await startFake(behaviours['is silent after it accepted']);
  const person = createHookUser({ database: server.url, approves: false });
  const start = await person.say('session-start', { source: 'startup' });
  expect(start.context).toBeUndefined();
  expect(start.systemMessage).toContain(`docket trust 'mysql://127.0.0.1:${server.port}/tasks'`);
  expect(await person.prompt()).toEqual({});
  expect(await person.say('heartbeat')).toEqual({});
  expect(await person.say('session-end')).toEqual({});
  expect(await person.say('pre-tool-use', { tool_name: 'TaskCreate' })).toEqual({});
  expect(await person.say('permission-request', { tool_name: 'TaskCreate' })).toEqual({
    allows: true,
  });
  expect((await person.prompt('session-b')).systemMessage).toContain('docket trust');
  expect(server.connections()).toBe(0);
  expect(person.log()).toBe('');
});
