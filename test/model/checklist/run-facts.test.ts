import { expect, test } from 'vitest';
import type { RunView } from '../../../lib/model/answers/run.ts';
import { gatherRunFacts } from '../../../lib/model/checklist/run-facts.ts';
import { treeOf } from '../../render/checklist/tree.ts';

const [build, check] = ['web-k3f9.1', 'web-k3f9.2'];

const tree = treeOf({
  steps: [
    { title: 'Build' },
    { title: 'Check', type: 'review', status: 'completed', needs: ['web-k3f9.1'] },
    { title: 'Later' },
  ],
});

function run(fields: Partial<RunView>): RunView {
  return {
    ...{ id: 'r', task: build, agent: 'Coding Agent', role: 'work', attempt: 1, cycle: 1 },
    ...{ status: 'completed', verdict: null, session: 's', agentId: 'main', actor: 'alice@one' },
    ...{
      startedAt: '2026-11-21T09:00:00.000Z',
      finishedAt: null,
      activeMs: 300_000,
      ...{ clock: null, proposedMinutes: null },
      activeMinutes: 5,
    },
    ...{ costUsd: null, report: null, error: null },
    ...fields,
  };
}

function factsOf(key: string, runs: readonly RunView[]) {
  return gatherRunFacts(tree, runs).get(key);
}

const review = { role: 'review', agent: 'Code Review Agent', verdict: 'approved' } as const;

test('minutes are those of all runs, failed ones too, and a container has those below it', () => {
  const runs = [run({ status: 'failed' }), run({ activeMs: 420_000 }), run({ task: check })];
  expect(factsOf(build, runs)?.minutes).toBe(12);
  expect(factsOf('web-k3f9', runs)?.minutes).toBe(17);
  expect(factsOf('web-k3f9.3', runs)?.minutes).toBeNull();
  expect(factsOf('web-k3f9', [])?.minutes).toBeNull();
});

// A sum of the minutes that the steps show would make 12 min of twelve steps of 1.4 s.
test('a container adds milliseconds up and rounds once, so its minutes are no sum of shown ones', () => {
  const moments = Array.from({ length: 12 }, () => run({ activeMs: 1_400, task: check }));
  expect(factsOf('web-k3f9', moments)?.minutes).toBe(0);
  const short = { activeMs: 40_000 };
  const runs = [run(short), run(short), run({ ...short, task: check })];
  expect(factsOf(build, runs)?.minutes).toBe(1);
  expect(factsOf(check, runs)?.minutes).toBe(0);
  expect(factsOf('web-k3f9', runs)?.minutes).toBe(2);
});

test('who did it is who worked, not who judged; while one runs it is who runs', () => {
  const done = [run({}), run({ ...review })];
  expect(factsOf(build, done)).toMatchObject({ agent: 'Coding Agent', startedAt: null });
  const startedAt = '2026-11-21T09:30:00.000Z';
  const running = run({ ...review, status: 'running', verdict: null, startedAt });
  expect(factsOf(build, [run({}), running])).toMatchObject({
    agent: 'Code Review Agent',
    startedAt,
  });
  expect(factsOf(build, [run({ agent: '' })])).toMatchObject({ agent: null, actor: 'alice@one' });
});

test('it is approved by the last review of it, unless that rejected it', () => {
  expect(factsOf(build, [run({}), run(review)])?.approvedBy).toBe('Code Review Agent');
  expect(factsOf(build, [run({}), run({ ...review, agent: '' })])?.approvedBy).toBe('alice@one');
  const rejected = run({ ...review, verdict: 'rejected' });
  expect(factsOf(build, [run(review), run({}), rejected])?.approvedBy).toBeNull();
  expect(factsOf(build, [run({})])?.approvedBy).toBeNull();
});

test('a review step was done by who judged there', () => {
  const judged = run({ ...review, task: check, actor: 'bob@two' });
  expect(factsOf(check, [judged])).toMatchObject({ agent: 'Code Review Agent', actor: 'bob@two' });
  expect(factsOf(check, [{ ...judged, agent: '' }])).toMatchObject({
    agent: null,
    actor: 'bob@two',
  });
  const lost = run({ task: check, role: 'review', agent: 'Gone', status: 'lost' });
  expect(factsOf(check, [judged, lost])?.agent).toBe('Code Review Agent');
});

test('work is rejected by the last review of it until it is done again or closed', () => {
  const rejects = { ...review, verdict: 'rejected' } as const;
  const judged = run({ verdict: 'rejected', cycle: 2 });
  expect(factsOf(build, [judged, run(rejects)])?.rejection).toEqual({
    by: 'Code Review Agent',
    round: 2,
  });
  const step = run({ task: check, role: 'review', agent: 'Second Reader', verdict: 'rejected' });
  expect(factsOf(build, [judged, step])?.rejection).toEqual({ by: 'Second Reader', round: 2 });
  const begun = run({ status: 'running', cycle: 3 });
  expect(factsOf(build, [judged, step, begun])?.rejection).toEqual({
    by: 'Second Reader',
    round: 2,
  });
  expect(factsOf(build, [judged, step, run({ cycle: 3 })])?.rejection).toBeNull();
  expect(factsOf(check, [judged, step])?.rejection).toBeNull();
});

test('a verdict is of a former round once the work is done anew or the review is open again', () => {
  const waiting = treeOf({
    steps: [{ title: 'Build' }, { title: 'Check', type: 'review', needs: [build] }],
  });
  const roundOf = (key: string, ...runs: readonly RunView[]) =>
    gatherRunFacts(waiting, runs).get(key)?.formerRound;
  const judged = run({ verdict: 'rejected' });
  const step = run({ ...review, task: check, verdict: 'rejected' });
  expect(roundOf(build, judged, step)).toBeNull();
  expect(roundOf(build, judged, step, run({ status: 'running', cycle: 2 }))).toBeNull();
  expect(roundOf(build, judged, step, run({ cycle: 2 }))).toBe(1);
  const again = run({ cycle: 2, report: { status: 'completed', issues_found: ['Still slow'] } });
  expect(roundOf(build, judged, step, again)).toBeNull();
  expect(roundOf(build, judged, run({ cycle: 2, verdict: 'rejected' }))).toBeNull();
  expect(roundOf(build, run({}))).toBeNull();
  expect(roundOf(check, judged, step)).toBe(1);
  expect(roundOf(check, step, run({ ...step, cycle: 2 }))).toBe(2);
  expect(roundOf(check)).toBeNull();
  expect(factsOf(check, [judged, step])?.formerRound).toBeNull();
});

test('a review that needs a container judges the steps below it', () => {
  const nested = treeOf({
    steps: [
      { title: 'Build', steps: [{ title: 'Server' }] },
      { title: 'Check', type: 'review', needs: ['web-k3f9.1'] },
    ],
  });
  const runs = [
    run({ task: 'web-k3f9.1.1', verdict: 'rejected' }),
    run({ task: check, role: 'review', agent: 'Second Reader', verdict: 'rejected' }),
  ];
  expect(gatherRunFacts(nested, runs).get('web-k3f9.1.1')?.rejection).toEqual({
    by: 'Second Reader',
    round: 1,
  });
});

test('a review step that approves others is not approved by that', () => {
  expect(factsOf(check, [run({ ...review, task: check })])?.approvedBy).toBeNull();
});

test('work that a review step approved is approved by whoever did that step', () => {
  const judged = run({ verdict: 'approved' });
  const step = run({ task: check, agent: 'Code Review Agent', verdict: 'approved' });
  expect(factsOf(build, [judged, step])?.approvedBy).toBe('Code Review Agent');
  expect(factsOf(build, [run({ verdict: 'rejected' }), step])?.approvedBy).toBeNull();
  expect(factsOf(build, [judged])?.approvedBy).toBeNull();
});
