import { expect, test } from 'vitest';
import { checklistOf, type Step } from '../../render/checklist/tree.ts';
import { claim } from '../../render/task-view.ts';

function itemOf(step: Step) {
  return checklistOf({ steps: [step] }).items[0];
}

test('who does a step is the agent of its run, else who was assigned, has claimed or did it', () => {
  const step = { agent: 'Run', assignedAgent: 'Assigned', claim, actor: 'alice@one' };
  expect(itemOf(step)?.agent).toBe('Run');
  expect(itemOf({ ...step, agent: null })?.agent).toBe('Assigned');
  expect(itemOf({ ...step, agent: null, assignedAgent: null })?.agent).toBe('bob@two');
  expect(itemOf({ status: 'completed', actor: 'alice@one' })?.agent).toBe('alice@one');
  expect(itemOf({})?.agent).toBeNull();
});

test('a step that is open again is its agent’s, and not whose result was sent back', () => {
  const done = { agent: 'Run', actor: 'alice@one' };
  for (const status of ['pending', 'blocked'] as const) {
    expect(itemOf({ ...done, status })?.agent).toBeNull();
    expect(itemOf({ ...done, status, assignedAgent: 'Assigned' })?.agent).toBe('Assigned');
    expect(itemOf({ ...done, status, claim })?.agent).toBe('Run');
  }
});

test('a review step tells its verdict, and no other step does', () => {
  const context = { approval: 'rejected', issues_found: ['No tests'] };
  expect(itemOf({ type: 'review', context })?.findings).toEqual([
    { field: 'approval', text: 'rejected' },
    { field: 'issues_found', text: 'No tests' },
  ]);
  expect(itemOf({ context })?.findings).toEqual([{ field: 'issues_found', text: 'No tests' }]);
});

test('what came of a cancelled step is why it was cancelled', () => {
  const cancelled = itemOf({ status: 'cancelled', outcome: 'Not wanted' });
  expect(cancelled).toMatchObject({ reason: 'Not wanted', outcome: null });
});

test('titles of blockers are known within the checklist only', () => {
  const [, second] = checklistOf({
    steps: [{ title: 'First' }, { blockers: ['web-k3f9.1', 'web-a1b2'] }],
  }).items;
  expect(second?.blockedBy).toEqual([
    { key: 'web-k3f9.1', title: 'First' },
    { key: 'web-a1b2', title: null },
  ]);
});

test('progress counts the steps that have none below them', () => {
  const steps: Step[] = [{ status: 'completed' }, { status: 'pending' }];
  const { progress } = checklistOf({ steps: [{ status: 'in_progress', steps }, {}] });
  expect(progress).toMatchObject({ completed: 1, pending: 2, inProgress: 0 });
});
