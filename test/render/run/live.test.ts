import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunView } from '../../../lib/model/answers/run.ts';
import { tasksBelow } from '../../../lib/model/answers/tree.ts';
import { buildChecklist } from '../../../lib/model/checklist/build.ts';
import { gatherRunFacts } from '../../../lib/model/checklist/run-facts.ts';
import { renderLiveRun } from '../../../lib/render/run/live.ts';
import type { LiveRemark } from '../../../lib/render/run/live-remark.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { now, type Step, treeOf } from '../checklist/tree.ts';
import { nastyText } from '../nasty-text.ts';

const plain = { width: 79, colour: false };

function run(task: string, fields: Partial<RunView> = {}): RunView {
  return {
    ...{ id: 'r', task, agent: 'Coding Agent', role: 'work', attempt: 1, cycle: 1 },
    ...{ status: 'completed', verdict: null, session: 's', agentId: 'main', actor: 'alice@one' },
    ...{ startedAt: '2026-11-21T09:48:00.000Z', finishedAt: null },
    ...{ clock: null, proposedMinutes: null },
    ...{ activeMs: 0, activeMinutes: 0, costUsd: null, report: null, error: null },
    ...fields,
  };
}

interface Shown {
  readonly runs?: readonly RunView[];
  readonly notes?: Readonly<Record<string, string>>;
  readonly remark?: LiveRemark;
  readonly style?: { readonly width: number; readonly height?: number; readonly colour: boolean };
}

function paint(root: Step, { runs = [], notes = {}, ...shown }: Shown = {}): readonly string[] {
  const { remark = { kind: 'ended' }, style = plain } = shown;
  const tree = treeOf(root);
  const lastNotes = new Map(Object.entries(notes));
  const runFacts = gatherRunFacts(tree, runs);
  const checklist = buildChecklist(tree, { at: now, runFacts, lastNotes });
  const tasks = new Map([tree.task, ...tasksBelow(tree)].map((task) => [task.key, task]));
  return renderLiveRun({ checklist, tasks, runs, now, remark }, style);
}

const plan: Step = {
  title: 'API authentication',
  steps: [
    {
      title: 'Design it',
      status: 'completed',
      outcome: '# Result\n\nOne table of tokens.\n\nMore',
    },
    { title: 'Write the code', status: 'in_progress' },
    { title: 'Deploy it', status: 'blocked', blockedReason: 'no password' },
    { title: 'Document it', blockers: ['web-k3f9.2'] },
    // That it needs the one before it, the order says.
    { title: 'Tell of it', blockers: ['web-k3f9.4'] },
  ],
};

const runs = [
  run('web-k3f9.1', { activeMs: 50_000, costUsd: 0.3 }),
  run('web-k3f9.1', { role: 'review', activeMs: 50_000, costUsd: 0.12, verdict: 'approved' }),
  run('web-k3f9.2', { activeMs: 300_000, costUsd: 0.5, verdict: 'rejected' }),
  run('web-k3f9.2', {
    ...{ role: 'review', activeMs: 60_000, costUsd: 0.1 },
    ...{ agent: 'Code Review Agent', verdict: 'rejected' },
  }),
  run('web-k3f9.2', { status: 'running', cycle: 2, attempt: 3, activeMs: 720_000 }),
];

test('every step says who works at it, in which round, for how long and for how much', () => {
  const lines = paint(plan, {
    runs,
    notes: { 'web-k3f9.2': 'the tests of refreshing are green' },
    remark: { kind: 'working' },
  });
  expect(lines).toEqual([
    'web-k3f9  API authentication',
    '1 of 5 complete, 20 min, $1.02',
    '[✓] Design it  (Coding Agent; approved by Coding Agent; 2 min; $0.42)',
    '    One table of tokens.',
    '[→] Write the code  (Coding Agent, round 2, try 3; 12 min; $0.60; rejected by',
    '    Code Review Agent, round 1)',
    '    Note: the tests of refreshing are green',
    '[!] Deploy it  (blocked: no password)',
    '[ ] Document it  (needs Write the code)',
    '[ ] Tell of it',
    '',
    '  Ctrl-C stops; docket run web-k3f9 goes on later',
  ]);
});

test('what costs nothing that is known, and takes less than a minute, is said so', () => {
  const short = {
    status: 'running',
    startedAt: '2026-11-21T09:59:31.000Z',
    activeMs: 29_000,
  } as const;
  const step: Step = { title: 'Look around', status: 'in_progress' };
  expect(paint(step, { runs: [run('web-k3f9', short)] })).toEqual([
    'web-k3f9  Look around',
    '0 of 1 complete, under 1 min',
    '[→] Look around  (Coding Agent; under 1 min)',
  ]);
});

test('twelve steps of 6 s are 1 min together', () => {
  const steps = Array.from({ length: 12 }, () => ({ title: 'Step', status: 'completed' }) as const);
  const many = steps.map((_, index) => run(`web-k3f9.${index + 1}`, { activeMs: 6_000 }));
  expect(paint({ title: 'Plan', steps }, { runs: many })[1]).toBe('12 of 12 complete, 1 min');
});

test.each<[LiveRemark, string]>([
  [
    { kind: 'stopping' },
    'Stopping: agents are asked to end. Ctrl-C again ends it at once; docket run web-k3f9 goes on later.',
  ],
  [
    {
      ...{ kind: 'waiting', key: 'web-k3f9', until: '2026-11-21T10:30:00.000Z' },
      hindrance: { cause: 'limit', message: 'You have hit your limit.', resetsAt: null },
    },
    '[-] API limit reached: waiting until 10:30 (You have hit your limit). Ctrl-C stops, docket run web-k3f9 goes on.',
  ],
  [
    { kind: 'away', since: '2026-11-21T09:58:00.000Z', message: 'the server is away' },
    'Not up to date since 09:58, trying again: the server is away',
  ],
])('a remark is told below the steps: %j', (remark, words) => {
  const lines = paint(plan, { remark, style: { width: 300, colour: false } });
  expect(lines.slice(-2)).toEqual(['', words]);
});

test('a low terminal shows the step under way, and counts the others with their command', () => {
  const low = { width: 60, height: 6, colour: false };
  const title = 'A long title of a plan that does not fit into one row of it';
  const lines = paint({ ...plan, title }, { runs, style: low, remark: { kind: 'working' } });
  expect(lines).toEqual([
    'web-k3f9  A long title of a plan that does not fit into one…',
    '1 of 5 complete, 20 min, $1.02',
    '[→] Write the code  (Coding Agent, round 2, try 3; 12 min;',
    '    $0.60; rejected by Code Review Agent, round 1)',
    '[!] Deploy it  (blocked: no password)',
    '+3 more steps: docket checklist web-k3f9',
  ]);
});

test('steps of steps stand below their container, which says how far it is', () => {
  const progress = { done: 1, total: 2 };
  const root: Step = {
    title: 'Release',
    steps: [
      {
        ...{ title: 'Phase 1', status: 'in_progress', progress },
        steps: [
          { title: 'Build', status: 'completed' },
          { title: 'Test', status: 'pending' },
        ],
      },
    ],
  };
  expect(paint(root).slice(2)).toEqual(['[→] Phase 1  (1 of 2)', '  [✓] Build', '  [ ] Test']);
});

test('whatever the texts hold, lines fit the terminal and nothing is obeyed by it', () => {
  const status = fc.constantFrom('pending', 'in_progress', 'blocked', 'completed', 'cancelled');
  const step = fc.record({
    title: nastyText,
    status,
    outcome: nastyText,
    blockedReason: nastyText,
  });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 6 }),
      nastyText,
      fc.integer({ min: 20, max: 120 }),
      fc.integer({ min: 8, max: 40 }),
      (steps, text, width, height) => {
        const style = { width, height, colour: false };
        const own = run('web-k3f9.1', { agent: text, status: 'running' });
        const notes = { 'web-k3f9.1': text };
        const lines = paint({ title: text, steps }, { runs: [own], notes, style });
        expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
        expect(lines.length).toBeLessThanOrEqual(height);
        expect(lines.join('')).not.toMatch(/\p{Cc}/u);
      },
    ),
    { numRuns: 150 },
  );
});
