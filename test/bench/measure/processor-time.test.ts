import { expect, test } from 'vitest';
import { processorTime } from '../../../bench/measure/processor-time.ts';

test('the processor time of a process is what it says itself, where the system tells', () => {
  const told = processorTime(process.pid);
  if (process.platform !== 'linux') return expect(told).toBeUndefined();
  const { user, system } = process.cpuUsage();
  // In steps of 10 ms, and a moment earlier.
  expect(Math.abs((told ?? 0) - (user + system) / 1_000)).toBeLessThan(1_000);
});

test('of a process that is gone nothing is known', () => {
  expect(processorTime(undefined)).toBeUndefined();
  expect(processorTime(2 ** 30)).toBeUndefined();
});
