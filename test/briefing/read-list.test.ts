import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { HookContext } from '../../lib/briefing/hook-context.ts';
import {
  createLastList,
  type ReadResult,
  readDeadline,
  readList,
} from '../../lib/briefing/read-list.ts';
import { readBreaker } from '../../lib/state/breaker.ts';
import { createTick } from '../hook-io/manual-tick.ts';
import { behaviours, type FakeServer, isFull, startFake } from '../hooks/fake-server.ts';
import { createHookUser, type HookUser } from '../hooks/hook-user.ts';
import { hookContextOf } from './context-of.ts';

const start = Date.UTC(2026, 10, 21);

interface Reading {
  readonly hook: HookContext;
  readonly person: HookUser;
  /** Reads in the background; tells how it stands. */
  begin(now?: number): { pass(ticks: number): Promise<void>; result: () => ReadResult | undefined };
}

async function prepare(server: Pick<FakeServer, 'url'>): Promise<Reading> {
  const person = createHookUser({ database: server.url });
  const hook = hookContextOf(person);
  return {
    person,
    hook,
    begin: (now = start) => {
      const { tick, pass } = createTick();
      let result: ReadResult | undefined;
      void readList(hook, person.env, {
        now,
        lastList: createLastList(hook),
        deadline: { ...readDeadline, tick },
      }).then((read) => {
        result = read;
      });
      return { pass, result: () => result };
    },
  };
}

/** Waits for something that another end of a socket does. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a deadline, in ticks of 10 ms that the process ran', () => {
  test('is 400 ms to the first byte of a server', async () => {
    const server = await startFake(behaviours['is silent after it accepted']);
    const reading = (await prepare(server)).begin();
    await until(() => server.connections() === 1);
    await reading.pass(39);
    expect(reading.result()).toBeUndefined();
    await reading.pass(1);
    expect(reading.result()).toEqual({ kind: 'away', reason: 'the database server is silent' });
  });

  test('is 1,200 ms in all for one that has begun to answer', async () => {
    let client: Socket | undefined;
    const server = await startFake((socket) => {
      client = socket;
      behaviours['greets and is silent'](socket);
    });
    const reading = (await prepare(server)).begin();
    // The client has read the greeting when its own answer is there.
    await until(() => (client?.bytesRead ?? 0) > 0 || (client?.readableLength ?? 0) > 0);
    await reading.pass(119);
    expect(reading.result()).toBeUndefined();
    await reading.pass(1);
    expect(reading.result()).toEqual({ kind: 'away', reason: 'the database server is too slow' });
  });
});

describe('the breaker', () => {
  test('spares the attempts until its pause is over, and doubles it while the outage lasts', async () => {
    const server = await startFake(behaviours['closes at once']);
    const { begin, hook } = await prepare(server);
    const read = async (now: number): Promise<ReadResult | undefined> => {
      const reading = begin(now);
      await until(() => reading.result() !== undefined);
      return reading.result();
    };

    expect(await read(start)).toMatchObject({ kind: 'away' });
    expect(server.connections()).toBe(1);
    expect(await read(start + 4_999)).toMatchObject({ kind: 'away' });
    expect(server.connections()).toBe(1);
    expect(await read(start + 5_000)).toMatchObject({ kind: 'away' });
    expect(server.connections()).toBe(2);
    expect(await read(start + 14_999)).toMatchObject({ kind: 'away' });
    expect(server.connections()).toBe(2);
    expect(await read(start + 15_000)).toMatchObject({ kind: 'away' });
    expect(server.connections()).toBe(3);
    expect(readBreaker(hook.stateFolder, hook.listId)).toMatchObject({
      pause: 20_000,
      since: start,
    });
  });

  test('is not tripped by a server that is full for as long as a hook may try', async () => {
    const server = await startFake(isFull);
    const { begin, hook } = await prepare(server);
    const reading = begin();
    await until(() => server.connections() > 1);
    await reading.pass(120);
    await until(() => reading.result() !== undefined);
    expect(reading.result()).toEqual({ kind: 'full' });
    expect(readBreaker(hook.stateFolder, hook.listId)).toBeUndefined();
  });
});
