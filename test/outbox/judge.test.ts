import { expect, test } from 'vitest';
import type { PromptClaim, PromptList } from '../../lib/model/prompt/list.ts';
import type { QueuedVerb } from '../../lib/model/queued-verbs.ts';
import { judgeChange, type KnownList } from '../../lib/outbox/judge.ts';
import type { Item } from '../../lib/outbox/queue.ts';
import { entryOf } from './test-queue.ts';

const alice = { session: 'alice-session', agent: 'main', actor: 'alice@one' };

function claimOf(key: string, session: string): PromptClaim {
  return {
    ...{ key, priority: 2, title: 'Task', plan: null, session, agent: 'main' },
    ...{ actor: session.replace('-session', '@one'), since: '2026-11-21T10:02:00.000Z' },
    ...{ holder: null, lastNote: null },
  };
}

const list: PromptList = {
  ...{ slug: 'web', seq: 1, at: '2026-11-21T10:02:00.000Z' },
  mine: [claimOf('web-mine', 'alice-session')],
  others: [claimOf('web-bobs', 'bob-session')],
  ...{ blocked: [], ready: [], waiting: [] },
  counts: { inProgress: 2, blocked: 0, ready: 0, waiting: 0 },
};

function queued(verb: QueuedVerb, input: object, makes: readonly string[] = []): Item {
  const change = { input: { ...input }, makes };
  const entry = { format: 1, ...entryOf({ workspaceId: 'w', worker: alice }, verb, change) };
  return { kind: 'waiting', id: 'aaaaaa', name: '000001-x', entry };
}

function judge(verb: QueuedVerb, input: object, more: Partial<KnownList> = {}) {
  const known = {
    ...{ slug: 'web', list, findMark: () => undefined, queue: [], worker: alice },
    ...more,
  };
  return judgeChange(verb, { ...input }, known);
}

test.each([
  ['close', { task: 'web-mine' }, { about: ['web-mine'], needsClaim: true }],
  ['close', { task: 'MINE' }, { about: ['web-mine'], needsClaim: true }],
  ['block', { task: 'web-mine', reason: 'x' }, { about: ['web-mine'], needsClaim: true }],
  ['block', { task: 'web-free', reason: 'x' }, { about: ['web-free'], needsClaim: false }],
  ['report', { task: 'web-mine', report: {} }, { about: ['web-mine'], needsClaim: true }],
  ['note', { task: 'web-bobs', text: 'x' }, { about: ['web-bobs'], needsClaim: false }],
  ['create', { title: 'x', needs: ['web-bobs'] }, { about: ['web-bobs'], needsClaim: false }],
] as const)('%s of %j is queued', (verb, input, expected) => {
  expect(judge(verb, input)).toMatchObject(expected);
});

test.each([
  ['close', { task: 'web-bobs' }, 'web-bobs is claimed by bob@one'],
  ['close', { task: 'web-free' }, 'does not know whether you hold web-free'],
  ['close', { tasks: ['web-mine', 'web-free'] }, 'not all of these tasks are known to be yours'],
  ['close', { task: 'web-mine', force: true }, 'only the database can tell'],
  ['close', { task: 'web-mine', cancel_open: true }, 'which subtasks are open'],
  ['block', { task: 'web-bobs', reason: 'x' }, 'web-bobs is claimed by bob@one'],
  ['report', { task: 'web-bobs', report: {} }, 'web-bobs is claimed by bob@one'],
  ['create', { title: 'x', parent: 'web-mine' }, 'a subtask of web-mine is given by the database'],
] as const)('%s of %j is refused', (verb, input, reason) => {
  expect(() => judge(verb, input)).toThrow(reason);
});

test('without a last list nothing is known of claims, so that a close is refused', () => {
  expect(() => judge('close', { task: 'web-mine' }, { list: undefined })).toThrow('does not know');
});

test('the main agent closes for its session, and no subagent what the main agent holds', () => {
  const subagent = { ...alice, agent: 'reviewer' };
  expect(() => judge('close', { task: 'web-mine' }, { worker: subagent })).toThrow('is claimed by');
});

test('a task that is queued can be closed, blocked and given subtasks, and not reported', () => {
  const queue = [
    queued('create', { title: 'New' }, ['web-newabc']),
    queued('create', { title: 'Part', parent: 'web-newabc' }, ['web-newabc.1']),
  ];
  expect(judge('close', { task: 'web-newabc' }, { queue }).needsClaim).toBe(false);
  expect(judge('block', { task: 'newabc', reason: 'x' }, { queue }).needsClaim).toBe(false);
  const { subtask } = judge('create', { title: 'x', parent: 'newabc' }, { queue });
  expect(subtask).toBe('web-newabc.2');
  expect(() => judge('report', { task: 'web-newabc', report: {} }, { queue })).toThrow('no agent');
});

test('what is closed by a queued change is not closed again', () => {
  const queue = [queued('close', { task: 'web-mine' })];
  expect(() => judge('close', { task: 'web-mine' }, { queue })).toThrow('closed by a change');
});

/** Remembers that a session holds one task since a time, beside the list's. */
function marked(session: string, since: string): Pick<KnownList, 'findMark'> {
  const mark = { session, agent: 'main', actor: session.replace('-session', '@one'), since };
  return { findMark: (key) => (key === 'web-marked' ? mark : undefined) };
}

const later = '2026-11-21T11:00:00.000Z';
const earlier = '2026-11-21T09:00:00.000Z';

test('a claim that was made here counts without a list, and where the list does not show it', () => {
  const mark = marked('alice-session', earlier);
  const queued = { about: ['web-marked'], needsClaim: true };
  expect(judge('close', { task: 'web-marked' }, { ...mark, list: undefined })).toMatchObject(
    queued,
  );
  expect(judge('close', { task: 'web-marked' }, mark)).toMatchObject(queued);
  expect(() => judge('close', { task: 'web-other' }, mark)).toThrow(
    'does not know whether you hold',
  );
});

test('a claim that another session made here is that session’s', () => {
  expect(() => judge('close', { task: 'web-marked' }, marked('bob-session', earlier))).toThrow(
    'web-marked is claimed by bob@one',
  );
});

test('a claim that was made here is over where a later list shows its task as free', () => {
  const ready = [{ key: 'web-marked', priority: 2, title: 'Task', plan: null }];
  const shown = { list: { ...list, ready } };
  expect(() =>
    judge('close', { task: 'web-marked' }, { ...marked('alice-session', earlier), ...shown }),
  ).toThrow('does not know whether you hold');
  const since = judge(
    'close',
    { task: 'web-marked' },
    { ...marked('alice-session', later), ...shown },
  );
  expect(since.needsClaim).toBe(true);
});
