import { expect, test } from 'vitest';
import type { TaskDetail, TaskView } from '../../../lib/model/answers/task.ts';
import { renderTaskDetail } from '../../../lib/render/task/detail.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { claim, handOver, reader, taskView } from '../task-view.ts';

function render(detail: Partial<TaskDetail> = {}, style = plainStyle): readonly string[] {
  const whole = {
    task: taskView(),
    suggestedMinutes: null,
    heldMinutes: null,
    minutesFrom: [],
    workItem: null,
    document: {},
    handOver: handOver(),
    subtasks: [],
    relations: [],
    notes: [],
    at: reader.at,
    ...detail,
  };
  return renderTaskDetail(whole, { session: reader.session, style }).split('\n');
}

test('a new task shows what there is and nothing else', () => {
  expect(render()).toEqual([
    'web-k3f9  P2  [ ] Wire the flux valve',
    'status     pending, ready',
    'type       implementation',
    'created    1 h ago by alice@one',
  ]);
});

test('what a report may have is said to agents, and not on a terminal', () => {
  const detail = {
    task: taskView({ assignedAgent: 'tester' }),
    handOver: handOver({ reportFields: ['outcome'] }),
  };
  expect(render(detail)).toContain('docket report web-k3f9 JSON may have: outcome');
  expect(render(detail, { width: 80, colour: false }).join('\n')).not.toContain('docket report');
});

test('a task with everything shows it in order', () => {
  const lines = render({
    task: taskView({
      status: 'completed',
      ready: false,
      claim,
      complexity: 'simple',
      estimatedMinutes: 30,
      billableMinutes: 45,
      billableMinutesBy: 'alice',
      assignedAgent: 'Coding Agent',
      parent: 'web-p',
      parentTitle: 'Whole',
      description: 'Why',
      outcome: 'Done\n\nreally',
      context: { reason: 'x' },
      startedAt: '2026-11-21T09:10:00.000Z',
      completedAt: '2026-11-21T09:50:00.000Z',
    }),
    relations: [
      { type: 'blocks', key: 'web-a', title: 'First', status: 'completed' },
      { type: 'discovered_from', key: 'web-d', title: 'Other', status: 'in_progress' },
    ],
    subtasks: [taskView({ key: 'web-k3f9.1', title: 'Step' })],
    notes: [
      {
        id: 'n',
        task: 'web-k3f9',
        text: 'halfway',
        actor: 'bob@two',
        session: 's',
        agent: 'review',
        createdAt: '2026-11-21T09:20:00.000Z',
      },
    ],
  });
  expect(lines.slice(1)).toEqual([
    'status     completed',
    'claim      bob@two#session-b, 1 h',
    'type       implementation',
    'complexity simple',
    'estimate   30 min',
    'billable   no, 45 min said by alice',
    'agent      Coding Agent',
    'part of    web-p Whole',
    'created    1 h ago by alice@one',
    'started    50 min ago',
    'completed  10 min ago',
    'needs      web-a First (completed)',
    'found in   web-d Other (in progress)',
    '',
    'Description, by alice@one',
    '  | Why',
    '',
    'Outcome',
    '  | Done',
    '  |',
    '  | really',
    '',
    'Context',
    '  | {',
    '  |   "reason": "x"',
    '  | }',
    '',
    'Subtasks',
    'web-k3f9.1  P2  [ ] Step',
    '',
    'Notes, 1',
    'bob@two#s/review, 40 min ago',
    '  | halfway',
  ]);
});

/** The lines of a section. */
function sectionOf(lines: readonly string[], title: string): readonly string[] {
  const from = lines.indexOf(title) + 1;
  const to = lines.indexOf('', from);
  return from === 0 ? [] : lines.slice(from, to === -1 ? undefined : to);
}

test('what reports say is told in words, and the rest of the context as it is kept', () => {
  const context = {
    ...{ approval: 'approved', deployed_to: 'the server', verification: 'saw an alert' },
    ...{ deployment_steps: ['Copied it', 'Started it'], environment: { os: 'Windows' } },
    ...{ built: '## Done\n```sh\nrun\n```', coverage: 87, docs_created: ['docs/nas.md'] },
    ...{ files_created: ['a.ts'], files_modified: ['a.ts', 'b.ts'], review_status: 'not yet' },
    ...{ dependencies_added: ['zod'], blockers_encountered: [{ blocker: 'x', resolution: 'y' }] },
    ...{ alert_threshold: '30 min', user_request: 'Deploy it' },
  };
  const run = { agent: 'A', actor: 'a', session: 's', agentId: 'main', error: null };
  const work = { ...run, role: 'work', status: 'completed', verdict: 'approved' };
  const task = taskView({ type: 'deployment', status: 'completed', context });
  const lines = render({ task, handOver: handOver({ earlier: [work] }) });
  expect(sectionOf(lines, 'Details')).toEqual([
    '- Verdict: approved',
    '- Built:',
    ...['  | ## Done', '  | ```sh', '  | run', '  | ```'],
    '- Deployed to: the server',
    ...['- Step: Copied it', '- Step: Started it', '- Environment: os: Windows'],
    ...['- Coverage: 87 %', '- Verified: saw an alert', '- Document: docs/nas.md'],
    ...['- Dependency: zod', '- File: a.ts', '- File: b.ts'],
  ]);
  expect(JSON.parse(sectionOf(lines, 'Context').join('\n').replaceAll('  | ', ''))).toEqual({
    ...{ alert_threshold: '30 min', user_request: 'Deploy it' },
  });
});

test('a review that is open again tells its verdict as that of the round before', () => {
  const context = { approval: 'rejected', issues_found: ['No test'], fixes_applied: 'A name' };
  const lines = render({ task: taskView({ type: 'review', outcome: 'Not yet', context }) });
  expect(sectionOf(lines, 'Outcome in the round before')).toEqual(['  | Not yet']);
  expect(sectionOf(lines, 'Details')).toEqual([
    '- Verdict in the round before: rejected',
    '- Fixed in the round before: A name',
  ]);
  expect(lines).not.toContain('Context');
  expect(lines.filter((line) => line.includes('No test'))).toHaveLength(1);
});

test('work that was sent back keeps its outcome, which is no end', () => {
  const lines = render({ task: taskView({ outcome: 'Wrote it' }) });
  expect(sectionOf(lines, 'Outcome so far')).toEqual(['  | Wrote it']);
});

test('blockers that nothing else on the page names stay in the context', () => {
  const context = { blockers_encountered: ['no key', 'no root'] };
  const blocked = taskView({ status: 'blocked', blockedReason: 'no key; no root', context });
  expect(render({ task: blocked })).not.toContain('Context');
  expect(render({ task: taskView({ context }) })).toContain('Context');
});

test('a task that waits says for what, and a blocked one why', () => {
  const waiting = render({ task: taskView({ ready: false, blockers: ['web-a'] }) });
  expect(waiting).toContain('status     pending, waiting');
  expect(waiting).toContain('waits for  web-a');
  const blocked = render({ task: taskView({ status: 'blocked', blockedReason: 'vendor' }) });
  expect(blocked.slice(-3)).toEqual(['', 'Blocked', '  | vendor']);
});

test('a cancelled task says when it was cancelled', () => {
  const completedAt = '2026-11-21T09:50:00.000Z';
  const lines = render({ task: taskView({ status: 'cancelled', completedAt }) });
  expect(lines).toContain('cancelled  10 min ago');
});

/** Every field of a task with another value than a new task has. */
const changed: TaskView = {
  key: 'web-x',
  id: '01890000-0000-7000-8000-00000000000b',
  title: 'Another title',
  description: 'Why',
  status: 'blocked',
  type: 'bugfix',
  priority: 0,
  complexity: 'simple',
  estimatedMinutes: 30,
  due: '2026-11-30T10:00:00.000Z',
  notBefore: '2026-12-01T10:00:00.000Z',
  labels: ['urgent'],
  parent: 'web-p',
  parentTitle: 'Whole',
  subtaskCount: 2,
  progress: { done: 1, total: 2 },
  needs: ['web-a'],
  blockers: ['web-b'],
  ready: false,
  claim,
  assignedAgent: 'Coding Agent',
  blockedReason: 'vendor',
  client: 'acme',
  project: 'website',
  infrastructure: ['nas-1'],
  billable: true,
  billableMinutes: 45,
  billableMinutesBy: 'alice',
  context: { reason: 'x' },
  outcome: 'Done',
  createdAt: '2026-11-21T08:00:00.000Z',
  createdBy: 'bob@two',
  startedAt: '2026-11-21T09:10:00.000Z',
  completedAt: '2026-11-21T09:50:00.000Z',
  updatedAt: '2026-11-21T09:50:00.000Z',
  revision: 's',
};

test('every field is shown, save what only programs read and what other lines say', () => {
  const parent = 'web-q';
  const plain = render({ task: taskView({ parent }) });
  const hidden = Object.entries(changed).filter(
    ([field, value]) => `${render({ task: taskView({ parent, [field]: value }) })}` === `${plain}`,
  );
  expect(hidden.map(([field]) => field)).toEqual([
    ...['id', 'subtaskCount', 'needs', 'billableMinutesBy', 'updatedAt', 'revision'],
  ]);
});

test('time that was worked is told of the time that the task was held', () => {
  const task = taskView({ billable: true, status: 'in_progress' });
  expect(render({ task, suggestedMinutes: 23 })).toContain('billable   yes, 23 min so far');
  const over = taskView({ billable: true, status: 'completed' });
  expect(render({ task: over, suggestedMinutes: 23 })).toContain('billable   yes, 23 min');
  expect(render({ task, suggestedMinutes: 60, heldMinutes: 125 })).toContain(
    'billable   yes, 1 h of 2 h 5 min: idle time is not counted',
  );
});

test('a plan without any step that counts has no progress', () => {
  const task = { status: 'cancelled', subtaskCount: 2, progress: { done: 0, total: 0 } } as const;
  expect(`${render({ task: taskView(task) })}`).not.toContain('progress');
});
