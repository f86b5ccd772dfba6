import { describe, expect, test } from 'vitest';
import { type DeadlineError, realTick, withDeadline } from '../../lib/hook-io/deadline.ts';
import { createTick } from './manual-tick.ts';

type State = 'open' | 'done' | DeadlineError;

function watch(promise: Promise<unknown>): () => State {
  let state: State = 'open';
  promise.then(
    () => {
      state = 'done';
    },
    (error) => {
      state = error;
    },
  );
  return () => state;
}

describe('work with a deadline', () => {
  test('is given up at the tick by which no first byte had come, and not before', async () => {
    const { tick, pass } = createTick();
    const state = watch(
      withDeadline(() => new Promise(() => {}), { firstByte: 40, total: 120, tick }),
    );
    await pass(39);
    expect(state()).toBe('open');
    await pass(1);
    expect(state()).toMatchObject({
      name: 'DeadlineError',
      message: 'the database server is silent',
    });
  });

  test('has the whole time once the first byte is there', async () => {
    const { tick, pass } = createTick();
    const state = watch(
      withDeadline(
        (onFirstByte) => {
          setImmediate(onFirstByte);
          return new Promise(() => {});
        },
        { firstByte: 40, total: 120, tick },
      ),
    );
    await pass(119);
    expect(state()).toBe('open');
    await pass(1);
    expect(state()).toMatchObject({ message: 'the database server is too slow' });
  });

  test('that succeeds in its last tick has succeeded', async () => {
    const { tick, pass } = createTick();
    let finish = (_: string): void => {};
    const result = withDeadline(
      (onFirstByte) => {
        onFirstByte();
        return new Promise<string>((resolve) => {
          finish = resolve;
        });
      },
      { firstByte: 40, total: 120, tick },
    );
    await pass(119);
    finish('slow');
    await pass(1);
    expect(await result).toBe('slow');
  });

  test('is not held responsible for ticks in which the machine was busy', async () => {
    const { tick, pass } = createTick();
    const busy = [false, true, true, false];
    let asked = 0;
    const wasBusy = () => busy[asked++] ?? false;
    const state = watch(
      withDeadline(() => new Promise(() => {}), { firstByte: 40, total: 120, wasBusy, tick }),
    );
    await pass(79);
    expect(state()).toBe('open');
    await pass(1);
    expect(state()).toMatchObject({ message: 'the database server is silent' });
    expect(asked).toBe(4);
  });

  test.each([
    [false, 'the database server is silent'],
    [true, 'the database server is too slow'],
  ])(
    'is given up when the process has no more time, however busy the machine is',
    async (isAnswered, message) => {
      const { tick, pass } = createTick();
      let isLate = false;
      const state = watch(
        withDeadline(
          (onFirstByte) => {
            if (isAnswered) onFirstByte();
            return new Promise(() => {});
          },
          { firstByte: 40, total: 120, wasBusy: () => true, isLate: () => isLate, tick },
        ),
      );
      await pass(200);
      expect(state()).toBe('open');
      isLate = true;
      await pass(1);
      expect(state()).toMatchObject({ message });
    },
  );

  test('fails with its own error, and ticks no longer', async () => {
    const clock = createTick();
    const result = withDeadline(() => Promise.reject(new Error('refused')), {
      firstByte: 40,
      total: 120,
      tick: clock.tick,
    });
    await expect(result).rejects.toThrow('refused');
    await clock.pass(5);
    expect(clock.asked).toBe(1);
  });

  test('ends with what is thrown where nobody can catch it', async () => {
    const { tick } = createTick();
    const result = withDeadline(
      () => {
        setTimeout(() => {
          throw new Error('in a socket');
        });
        return new Promise(() => {});
      },
      { firstByte: 40, total: 120, tick },
    );
    await expect(result).rejects.toThrow('in a socket');
  });

  test('leaves errors to others when it is over', async () => {
    const before = process.listenerCount('uncaughtException');
    await withDeadline(() => Promise.resolve(), { firstByte: 1, total: 1 });
    expect(process.listenerCount('uncaughtException')).toBe(before);
  });
});

test('a tick takes as long as the process was held, and lets what has arrived come first', async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    const started = Date.now();
    // An answer that comes while the process is held is read before the tick counts.
    setTimeout(() => setImmediate(() => order.push('answer')), 1);
    realTick(() => {
      order.push('tick');
      expect(Date.now() - started).toBeGreaterThanOrEqual(50);
      resolve();
    });
    const end = started + 50;
    while (Date.now() < end);
  });
  expect(order).toEqual(['answer', 'tick']);
});
