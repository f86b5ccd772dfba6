import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { expectNothingLost } from './fleet-report.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function bench(...args: readonly string[]) {
  const options = { cwd: root, preferLocal: true, reject: false } as const;
  return execa('tsx', ['bench/run.ts', ...args], options);
}

test('the quick run of a group measures whole processes and prints a table', async () => {
  const { stdout, exitCode } = await bench('--quick', '--only', 'deny');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/\| deny hook \| \d+\.\d\dx \| .* \| <= 1\.10x \| (ok|over) \|/);
});

test('the measurements can be had as JSON', async () => {
  const { stdout } = await bench('--quick', '--json', '--only', 'memory');
  const [measurement] = JSON.parse(stdout).measurements;
  expect(measurement).toMatchObject({ unit: 'MB', target: 20 });
  // A bare Node.js of some 40 MB would show what was not subtracted.
  expect(Math.abs(measurement.value)).toBeLessThan(30);
});

test('many claimers end, and what they got twice is counted', async () => {
  const { stdout } = await bench('--quick', '--json', '--only', 'claims-sqlite');
  const [rate, slowest, wrong, early] = JSON.parse(stdout).measurements;
  expect(rate).toMatchObject({ unit: '/s', target: 1_500 });
  expect(rate.value).toBeGreaterThan(0);
  expect(rate.detail).toMatch(/^320 claims, \d+ begun again$/);
  expect(slowest).toMatchObject({ unit: 'ms', target: 1_000 });
  expect(wrong).toMatchObject({ unit: 'count', value: 0, target: 0, detail: 'of 320' });
  expect(early).toMatchObject({ unit: 'count', value: 0, target: 0 });
});

test('a group that is not there is named with those that are', async () => {
  const { stderr, exitCode } = await bench('--only', 'nonsense');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('prompt-sqlite');
});

test('a small fleet works, and nothing is given out twice or lost', async () => {
  const { stdout } = await bench('--quick', '--json', '--only', 'fleet-sqlite');
  expectNothingLost(JSON.parse(stdout).measurements, 'SQLite');
});
