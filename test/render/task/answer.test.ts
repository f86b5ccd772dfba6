import { expect, test } from 'vitest';
import { renderTaskAnswer } from '../../../lib/render/task/answer.ts';
import { taskView } from '../task-view.ts';

const nothing = {
  nowReady: [],
  followed: [],
  followUps: [],
  workItems: [],
  suggestedMinutes: null,
};

test('time that was worked is offered as billable, with how to say otherwise', () => {
  const task = taskView({ status: 'completed', billable: true });
  const lines = renderTaskAnswer('Completed', { ...nothing, task, suggestedMinutes: 23 });
  expect(lines.split('\n').slice(1)).toEqual([
    'Billable time: 23 min, as worked; docket update web-k3f9 --billable-minutes N says otherwise',
  ]);
});

test('a task that is not billed says nothing of time', () => {
  const text = renderTaskAnswer('Completed', { ...nothing, task: taskView() });
  expect(text).toBe('Completed web-k3f9  P2  Wire the flux valve');
});
