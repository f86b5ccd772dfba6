import { expect, test } from 'vitest';
import type { Measurement } from '../../../bench/measure/measurement.ts';
import { ratioOf } from '../../../bench/measure/paired.ts';
import { renderReport } from '../../../bench/measure/report.ts';

const circumstances = { node: '24.0.0', cpus: 2, load: [0.25, 1.5] } as const;

function count(value: number): Measurement {
  return { name: 'claimed twice', unit: 'count', value, target: 0, detail: '150 claims/s' };
}

test('each line says what was measured, its target and whether it is within', () => {
  const pairs = [
    { measured: 22, reference: 20 },
    { measured: 33, reference: 30 },
    { measured: 44, reference: 40 },
  ];
  const report = renderReport([ratioOf({ name: 'deny hook', target: 1.1 }, pairs)], circumstances);
  expect(report).toContain('2 processors, load 0.3 before and 1.5 after');
  expect(report).toContain(
    '| deny hook | 1.10x | 1.10x - 1.10x | <= 1.10x | ok | 33.0 ms against 30.0 ms, n = 3 |',
  );
  expect(report).toContain('Everything is within its target.');
});

test('a ratio is that of each pair, not of the sums', () => {
  const pairs = [
    { measured: 20, reference: 10 },
    { measured: 20, reference: 10 },
    { measured: 500, reference: 500 },
  ];
  expect(ratioOf({ name: 'x', target: 1 }, pairs).value).toBe(2);
});

test('what misses its target is counted', () => {
  const report = renderReport([count(0), count(3)], circumstances);
  expect(report).toContain('| claimed twice | 3 |  | <= 0 | over | 150 claims/s |');
  expect(report).toContain('1 of 2 miss their target.');
});

test('a rate must be at least its target, and what has no target is only told', () => {
  const rate = { name: 'claims', unit: '/s', target: 100, detail: '' } as const;
  const measurements: readonly Measurement[] = [
    { ...rate, value: 100 },
    { ...rate, value: 99.2 },
    { name: 'slowest claim', unit: 'ms', value: 1300.4, detail: '' },
  ];
  const report = renderReport(measurements, circumstances);
  expect(report).toContain('| claims | 100/s |  | >= 100/s | ok |');
  expect(report).toContain('| claims | 99/s |  | >= 100/s | under |');
  expect(report).toContain('| slowest claim | 1300 ms |  |  |  |');
  expect(report).toContain('1 of 3 miss their target.');
});
