import { expect } from 'vitest';
import type { Measurement } from '../../bench/measure/measurement.ts';

/** Requires that a small fleet did something of each kind, and that the database kept its word. */
export function expectNothingLost(measurements: readonly Measurement[], label: string): void {
  const find = (name: string) => measurements.find((each) => each.name.endsWith(name));
  expect(find(`${label}: claims while they begin`)?.detail).toMatch(/^30 of 30, 16 at once/);
  for (const deed of ['prompt', 'heartbeat', 'claim', 'note', 'close', 'create']) {
    expect(find(`${label}: ${deed}`)).toMatchObject({ unit: 'ms' });
  }
  expect(find(`${label}: prompt hook, whole process`)).toMatchObject({ unit: 'ms' });
  expect(find(`${label}: claimed twice`)).toMatchObject({ value: 0, target: 0 });
  expect(find(`${label}: lost writes`)).toMatchObject({ value: 0, target: 0 });
}
