import { expect, test } from 'vitest';
import {
  canLeafGoOn,
  containerStatus,
  leafQueue,
  type SubtaskState,
} from '../../../lib/model/task/container.ts';
import { type Status, statuses } from '../../../lib/model/task/status.ts';

const states: Readonly<Record<string, SubtaskState>> = {
  ready: { status: 'pending', canGoOn: true, isStarted: false },
  released: { status: 'pending', canGoOn: true, isStarted: true },
  waiting: { status: 'pending', canGoOn: false, isStarted: false },
  taken: { status: 'in_progress', canGoOn: true, isStarted: true },
  blocked: { status: 'blocked', canGoOn: false, isStarted: false },
  stuck: { status: 'blocked', canGoOn: false, isStarted: true },
  done: { status: 'completed', canGoOn: false, isStarted: true },
  cancelled: { status: 'cancelled', canGoOn: false, isStarted: false },
};

test.for([
  ['ready', 'pending'],
  ['ready waiting', 'pending'],
  ['waiting', 'pending'],
  ['cancelled ready', 'pending'],
  ['blocked ready', 'pending'],
  ['taken ready', 'in_progress'],
  ['released', 'in_progress'],
  ['released waiting', 'in_progress'],
  ['done ready', 'in_progress'],
  ['done waiting', 'in_progress'],
  ['stuck ready', 'in_progress'],
  ['stuck taken', 'in_progress'],
  ['blocked', 'blocked'],
  ['stuck', 'blocked'],
  ['blocked waiting', 'blocked'],
  ['blocked done', 'blocked'],
  ['blocked cancelled', 'blocked'],
  ['done', 'completed'],
  ['done cancelled', 'completed'],
  ['cancelled', 'cancelled'],
  ['cancelled cancelled', 'cancelled'],
] as const)('a container of %s is %s', ([names, status]) => {
  const subtasks = names.split(' ').flatMap((name) => states[name] ?? []);
  expect(containerStatus(subtasks)).toBe(status);
  expect(containerStatus(subtasks.reverse())).toBe(status);
});

test('a leaf stands where its status and its blockers say', () => {
  const queues = (hasBlocker: boolean) =>
    statuses.map((status: Status) => leafQueue(status, hasBlocker));
  expect(queues(false)).toEqual(['ready', 'in_progress', 'blocked', 'none', 'none']);
  expect(queues(true)).toEqual(['waiting', 'in_progress', 'blocked', 'none', 'none']);
});

test('what is ready or in progress can go on', () => {
  const queues = ['ready', 'in_progress', 'waiting', 'blocked', 'none'] as const;
  expect(queues.filter(canLeafGoOn)).toEqual(['ready', 'in_progress']);
});
