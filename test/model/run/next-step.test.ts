import { expect, test } from 'vitest';
import { escalation, nextStep } from '../../../lib/model/run/next-step.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import type { Run } from '../../../lib/model/run/run.ts';
import { TaskType } from '../../../lib/model/task/task.ts';

type Past = Pick<Run, 'role' | 'status' | 'verdict' | 'error'>;

const policy = makePolicy();
const none = { plannedAgent: null, hasReviewTask: false };
const past = (role: Past['role'], fields: Partial<Past> = {}): Past => ({
  ...{ role, status: 'completed', verdict: null, error: null },
  ...fields,
});

test('each type goes to its agents, and code to its review', () => {
  const table = TaskType.options.map((type) => {
    const first = nextStep({ type, ...none, runs: [] }, policy);
    const role = type === 'review' ? 'review' : 'work';
    const then = nextStep({ type, ...none, runs: [past(role)] }, policy);
    return [
      type,
      first.kind === 'run' ? first.agents.join(', ') : first.kind,
      then.kind === 'run' ? then.agents.join(', ') : then.kind,
    ];
  });
  expect(table).toEqual([
    ['implementation', 'Coding Agent', 'Code Review Agent'],
    ['research', 'Explore Agent, general-purpose', 'done'],
    ['review', 'Code Review Agent', 'done'],
    ['testing', 'Coding Agent', 'done'],
    ['deployment', 'general-purpose', 'done'],
    ['documentation', 'general-purpose', 'done'],
    ['bugfix', 'Coding Agent', 'Code Review Agent'],
    ['analysis', 'Explore Agent, general-purpose', 'done'],
  ]);
});

test('a review of the plan takes the place of the one that code has by itself', () => {
  const subject = { type: 'implementation', plannedAgent: null, hasReviewTask: true } as const;
  expect(nextStep({ ...subject, runs: [past('work')] }, policy)).toEqual({ kind: 'done' });
  const asks = [past('work', { status: 'needs_review' })];
  expect(nextStep({ ...subject, runs: asks }, policy)).toMatchObject({ role: 'review' });
});

test('whoever the plan names comes first', () => {
  const step = nextStep(
    { ...none, type: 'analysis', plannedAgent: 'Coding Agent', runs: [] },
    policy,
  );
  expect(step).toMatchObject({ agents: ['Coding Agent', 'Explore Agent', 'general-purpose'] });
});

test('what was cut off is gone on with: done work is judged, judged work is done', () => {
  const type = 'bugfix';
  const lost = past('review', { status: 'lost' });
  const judge = nextStep({ type, ...none, runs: [past('work'), lost] }, policy);
  expect(judge).toMatchObject({ kind: 'run', role: 'review' });
  const approved = past('review', { verdict: 'approved' });
  expect(nextStep({ type, ...none, runs: [past('work'), approved] }, policy).kind).toBe('done');
  const rejected = past('review', { verdict: 'rejected' });
  const again = nextStep({ type, ...none, runs: [past('work'), rejected] }, policy);
  expect(again).toMatchObject({ kind: 'run', role: 'work' });
});

test('what is opened again is done again', () => {
  const runs = [past('work', { verdict: 'rejected' })];
  const step = nextStep({ ...none, type: 'research', runs }, policy);
  expect(step).toMatchObject({ kind: 'run', role: 'work' });
});

test('a person is asked after so many failures in a row or rejections in all', () => {
  const failed = past('work', { status: 'failed', error: 'no disk' });
  expect(escalation([failed, failed], policy)).toBeUndefined();
  expect(escalation([failed, failed, failed], policy)).toBe('failed in 3 attempts: no disk');
  expect(escalation([failed, failed, past('work'), failed], policy)).toBeUndefined();
  const rejected = past('review', { verdict: 'rejected' });
  const round = [past('work', { verdict: 'rejected' }), rejected];
  expect(escalation([...round, ...round], policy)).toBeUndefined();
  expect(escalation([...round, ...round, ...round], policy)).toBe('rejected in 3 reviews');
  const once = makePolicy({ limits: { max_review_cycles: 1 } });
  expect(escalation(round, once)).toBe('rejected in 1 review');
});

test('a project can send its types elsewhere', () => {
  const other = makePolicy({ agents: { deployment: { work: ['DevOps'], review: 'Auditor' } } });
  const subject = { ...none, type: 'deployment' as const };
  expect(nextStep({ ...subject, runs: [] }, other)).toMatchObject({ agents: ['DevOps'] });
  const then = nextStep({ ...subject, runs: [past('work')] }, other);
  expect(then).toMatchObject({ role: 'review', agents: ['Auditor'] });
});
