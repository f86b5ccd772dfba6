import { expect, test } from 'vitest';
import { type Status, statuses } from '../../../lib/model/task/status.ts';
import { canMove, requireMove } from '../../../lib/model/task/transitions.ts';

/** As the design lists them, and no others. */
const allowed: readonly (readonly [Status, Status])[] = [
  ['pending', 'in_progress'],
  ['pending', 'blocked'],
  ['pending', 'completed'],
  ['pending', 'cancelled'],
  ['in_progress', 'completed'],
  ['in_progress', 'blocked'],
  ['in_progress', 'cancelled'],
  ['in_progress', 'pending'],
  ['blocked', 'in_progress'],
  ['blocked', 'pending'],
  ['blocked', 'completed'],
  ['blocked', 'cancelled'],
  ['completed', 'pending'],
  ['cancelled', 'pending'],
];

test('a status moves as the design says, and in no other way', () => {
  const found = statuses.flatMap((from) =>
    statuses.filter((to) => canMove(from, to)).map((to) => `${from} ${to}`),
  );
  expect(found.sort()).toEqual(allowed.map((pair) => pair.join(' ')).sort());
});

test('what does not go is said with what does', () => {
  expect(() => requireMove('web-k3f9', 'pending', 'blocked')).not.toThrow();
  expect(() => requireMove('web-k3f9', 'completed', 'blocked')).toThrow(
    expect.objectContaining({
      code: 'invalid_transition',
      message: 'web-k3f9 is completed; it cannot become blocked',
      hint: expect.stringContaining('docket reopen web-k3f9'),
    }),
  );
  expect(() => requireMove('web-k3f9', 'completed', 'completed')).toThrow(
    expect.objectContaining({ message: 'web-k3f9 is completed already' }),
  );
  expect(() => requireMove('web-k3f9', 'in_progress', 'in_progress')).toThrow(
    expect.objectContaining({
      hint: expect.stringContaining('completed, blocked, cancelled, pending'),
    }),
  );
});
