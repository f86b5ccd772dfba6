import { expect, test } from 'vitest';
import {
  renderSuggestion,
  renderSuggestions,
  renderTaskAnswer,
} from '../../../lib/render/task/answer.ts';
import { taskView } from '../task-view.ts';

const nothing = {
  nowReady: [],
  followed: [],
  unfinished: [],
  followUps: [],
  workItems: [],
  suggestedMinutes: null,
  heldMinutes: null,
  minutesFrom: [],
};

test('time that was worked is offered as billable, with how to say otherwise', () => {
  const task = taskView({ status: 'completed', billable: true });
  const lines = renderTaskAnswer('Completed', { ...nothing, task, suggestedMinutes: 23 });
  expect(lines.split('\n').slice(1)).toEqual([
    'Billable time: 23 min, as worked; docket update web-k3f9 --billable-minutes N says otherwise',
  ]);
});

test('a task that was held much longer than it was worked on says that idle time is left out', () => {
  const task = taskView({ status: 'completed', billable: true });
  const idle = { ...nothing, task, suggestedMinutes: 60, heldMinutes: 125 };
  expect(renderTaskAnswer('Completed', idle).split('\n')[1]).toBe(
    'Billable time: 1 h of 2 h 5 min: idle time is not counted; docket update web-k3f9 --billable-minutes N says otherwise',
  );
});

test('a task that is not billed says nothing of time', () => {
  const text = renderTaskAnswer('Completed', { ...nothing, task: taskView() });
  expect(text).toBe('Completed web-k3f9  P2  Wire the flux valve');
});

test('minutes that somebody gave with a task that is not billed are said not to be', () => {
  const given = { status: 'completed', billable: false, billableMinutes: 30 } as const;
  const lines = (task: Parameters<typeof taskView>[0]) =>
    renderTaskAnswer('Completed', { ...nothing, task: taskView({ ...given, ...task }) })
      .split('\n')
      .slice(1);
  expect(lines({ key: 'web-k3f9.2', client: 'acme' })).toEqual([
    'Its 30 min are not billed: docket update web-k3f9 --billable',
  ]);
  expect(lines({ client: null })).toEqual([
    'Its 30 min are not billed: docket update web-k3f9 --client NAME --billable',
  ]);
  expect(lines({ client: 'acme', billable: true })).toEqual([]);
  expect(lines({ client: 'acme', status: 'pending' })).toEqual([]);
});

const estimate = { minutes: 25, cases: 12, basis: { type: 'bugfix', complexity: null } } as const;

test('what similar tasks took comes with the command that takes it over', () => {
  expect(renderSuggestion('web-k3f9', estimate)).toEqual([
    'Similar tasks took about 25 min (from 12 tasks): docket update web-k3f9 --estimate 25',
  ]);
  expect(renderSuggestion('web-k3f9', null)).toEqual([]);
  expect(renderSuggestion('x; rm -rf', estimate)[0]).toContain('update ‹not a key› --estimate');
});

test('the steps of a plan are told in one line', () => {
  const steps = ['web-k3f9.1', 'web-k3f9.3'].map((key) => ({ key, ...estimate }));
  expect(renderSuggestions(steps)).toEqual([
    'Similar tasks took: web-k3f9.1 about 25 min (from 12 tasks), web-k3f9.3 about 25 min (from 12 tasks). docket update KEY --estimate MINUTES',
  ]);
  expect(renderSuggestions([])).toEqual([]);
});
