import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statuses } from '../../../lib/model/task/status.ts';
import { fitSteps, type LeftOut, type StepLines } from '../../../lib/render/run/fit-steps.ts';

function step(name: string, status: StepLines['status'], fields: Partial<StepLines> = {}) {
  return { status, head: [name], details: [], containers: [], isContainer: false, ...fields };
}

const rest = ({ steps, details }: LeftOut) => [`+${steps} steps, +${details} results`];

const plan = [
  step('design', 'completed', { details: ['designed'] }),
  step('build', 'completed', { details: ['built'] }),
  step('review', 'in_progress', { details: ['note'] }),
  step('deploy', 'blocked'),
  step('test', 'pending'),
  step('document', 'pending'),
];

test('what fits is shown whole', () => {
  expect(fitSteps(plan, 9, rest)).toEqual([
    ...['design', 'designed', 'build', 'built', 'review', 'note', 'deploy', 'test', 'document'],
  ]);
});

test('older results go first, then what comes last, then the latest result, work last', () => {
  expect(fitSteps(plan, 8, rest)).toEqual([
    ...['build', 'built', 'review', 'note', 'deploy', 'test', 'document', '+1 steps, +0 results'],
  ]);
  expect(fitSteps(plan, 7, rest)).toEqual([
    ...['build', 'review', 'note', 'deploy', 'test', 'document', '+1 steps, +1 results'],
  ]);
  expect(fitSteps(plan, 5, rest)).toEqual([
    ...['review', 'note', 'deploy', 'test', '+3 steps, +0 results'],
  ]);
  expect(fitSteps(plan, 2, rest)).toEqual(['review', '+5 steps, +1 results']);
  const many = Array.from({ length: 9 }, (_, index) => step(`later ${index}`, 'pending'));
  expect(fitSteps([...plan.slice(0, 3), ...many], 10, rest)).toEqual([
    ...['build', 'built', 'review', 'note'],
    ...['later 0', 'later 1', 'later 2', 'later 3', 'later 4', '+5 steps, +0 results'],
  ]);
});

test('a container stays as long as a step of it does, and is not counted', () => {
  const nested = [
    step('Phase 1', 'completed', { isContainer: true }),
    step('design', 'completed', { containers: [0] }),
    step('Phase 2', 'in_progress', { isContainer: true }),
    step('build', 'in_progress', { containers: [2] }),
  ];
  expect(fitSteps(nested, 3, rest)).toEqual(['Phase 2', 'build', '+1 steps, +0 results']);
});

test('whatever a plan is, what is left out is counted to the step, and it fits where one row does', () => {
  const steps = fc.array(
    fc.record({
      status: fc.constantFrom(...statuses),
      head: fc.array(fc.constant('head'), { minLength: 1, maxLength: 3 }),
      details: fc.array(fc.constant('detail'), { maxLength: 3 }),
      containers: fc.constant([]),
      isContainer: fc.constant(false),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 60 }), (plan, rows) => {
      let told = { steps: 0, details: 0 };
      const lines = fitSteps(plan, rows, (left) => {
        told = left;
        return ['rest'];
      });
      expect(lines.length).toBeLessThanOrEqual(rows);
      const heads = plan.flatMap(({ head }) => head).length;
      const shown = lines.filter((line) => line === 'head').length;
      if (lines.at(-1) !== 'rest') expect(shown).toBe(heads);
      else expect(told.steps + told.details).toBeGreaterThan(0);
      if (plan.every(({ head }) => head.length === 1) && lines.at(-1) === 'rest') {
        expect(shown + told.steps).toBe(plan.length);
      }
    }),
  );
});
