import { expect, test } from 'vitest';
import { SameCrashes } from '../../lib/orchestrator/same-crashes.ts';

const words = (id: number) => `API Error: 418 request req_01a${id}`;

test('the same words of three tasks say nothing of the tasks', () => {
  const crashes = new SameCrashes();
  expect(crashes.note('web-1', words(1), 900)).toBe(false);
  expect(crashes.note('web-1', words(2), 900)).toBe(false);
  expect(crashes.note('web-2', words(3), 900)).toBe(false);
  expect(crashes.note('web-3', words(4), 900)).toBe(true);
  expect(crashes.note('web-1', words(5), 900)).toBe(true);
});

test('other words, a long run and an agent that got through are the tasks’ own', () => {
  const crashes = new SameCrashes();
  for (const key of ['web-a', 'web-b', 'web-c']) {
    expect(crashes.note(key, `${key} broke`, 900)).toBe(false);
    expect(crashes.note(key, 'it broke', 600_000)).toBe(false);
  }
  crashes.note('web-1', words(1), 900);
  crashes.note('web-2', words(2), 900);
  crashes.pass();
  expect(crashes.note('web-3', words(3), 900)).toBe(false);
});
