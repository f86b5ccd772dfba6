import { expect, test } from 'vitest';
import { createBusyCheck, createLateCheck } from '../../lib/hook-io/busy-machine.ts';

/** A machine with these processor times, one after the other. */
function checkOf(lines: readonly string[], uptime = 0.5): () => boolean {
  const left = [...lines];
  return createBusyCheck(
    () => `${left.shift() ?? ''}\ncpu0 1 2 3 4 5 6 7 8 9 0\n`,
    () => uptime,
  );
}

test('a machine is busy when its processors had nothing to spare since the last look', () => {
  const isBusy = checkOf([
    'cpu  100 0 50 900 10 0 1 0 0 0',
    'cpu  120 0 70 900 10 0 1 0 0 0',
    'cpu  140 0 89 901 10 0 1 0 0 0',
    'cpu  140 0 89 941 10 0 1 0 0 0',
    'cpu  150 0 89 941 40 0 1 0 0 0',
  ]);
  expect([isBusy(), isBusy(), isBusy(), isBusy(), isBusy()]).toEqual([
    ...[false, true, true, false],
    // A disk that is waited for is no processor.
    false,
  ]);
});

test('it is not when nothing is known of it', () => {
  const isBusy = checkOf(['', 'intr 5 6', 'cpu  1 0 1 1 1 0 1 0 0 0', 'cpu  1 0 1 1 1 0 1 0 0 0']);
  expect([isBusy(), isBusy(), isBusy(), isBusy()]).toEqual([false, false, false, false]);
});

test('it is not for a hook that would be ended soon', () => {
  const isBusy = checkOf(['cpu  1 0 1 1 1 0 1 0 0 0', 'cpu  9 0 1 1 1 0 1 0 0 0'], 2.1);
  expect([isBusy(), isBusy()]).toEqual([false, false]);
});

test('this machine tells', () => {
  const isBusy = createBusyCheck(undefined, () => 0);
  expect(isBusy()).toBe(false);
  expect(isBusy()).toBeTypeOf('boolean');
});

test('a hook is late before Claude Code ends it, which it does after 3 s', () => {
  const times = [0.2, 2.4, 2.6];
  const isLate = createLateCheck(() => times.shift() ?? 0);
  expect([isLate(), isLate()]).toEqual([false, true]);
});

test('a process that lives for longer than a hook is never late', () => {
  expect(createLateCheck(() => 60)()).toBe(false);
});
