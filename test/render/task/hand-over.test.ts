import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HandOver } from '../../../lib/model/answers/hand-over.ts';
import type { ClaimAnswer } from '../../../lib/model/answers/task.ts';
import { renderClaimed, renderHandOver } from '../../../lib/render/task/hand-over.ts';
import { nastyText } from '../nasty-text.ts';
import { handOver, taskView } from '../task-view.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202e]|<\/?[a-z]/iu;

function claimed(fields: Partial<ClaimAnswer> & { readonly told?: Partial<HandOver> } = {}) {
  const { told, ...rest } = fields;
  return renderClaimed({
    ...{
      task: taskView(),
      nowReady: [],
      followed: [],
      unfinished: [],
      followUps: [],
      workItems: [],
    },
    ...{ suggestedMinutes: null, heldMinutes: null, handOver: handOver(told), notes: [] },
    ...rest,
  });
}

const byBob = { agent: '', actor: 'Bob Other', session: 'nightly-42', agentId: 'main' };

const told: Partial<HandOver> = {
  partOf: [
    {
      ...{ key: 'web-sfmu', title: 'API authentication', description: 'For the audit' },
      context: { user_request: 'Secure the API' },
    },
    { key: 'web-sfmu.2', title: 'Code', description: '', context: {} },
  ],
  progress: { done: 1, total: 4 },
  before: [
    {
      ...{ key: 'web-sfmu.1', title: 'Design', outcome: 'Three tables', isNeeded: true },
      results: { files_created: ['s.md'], root_cause: 'none' },
    },
  ],
  insights: [{ subject: 'nas-1', text: 'Clock drifts' }],
};

test('a claim tells briefly what the task is part of, what came before, and what is known', () => {
  const note = { id: 'n', task: 'web-k3f9', session: '3f2a', agent: 'main', createdAt: '' };
  const notes = [{ ...note, actor: 'bob', text: 'mind\nthe clock' }];
  expect(claimed({ told, notes, task: taskView({ description: 'With JWT' }) })).toEqual([
    'Part of API authentication (web-sfmu, 1 of 4 steps done)',
    '  | user_request: Secure the API',
    '  | For the audit',
    'Part of Code (web-sfmu.2)',
    '  | With JWT',
    '',
    'Done before',
    '- web-sfmu.1 Design: Three tables (s.md)',
    '',
    'Known',
    '- nas-1: Clock drifts',
    '',
    'Notes, 1',
    '- bob#3f2a: mind the clock',
    '',
    'When done: docket close web-k3f9 --outcome TEXT. All that is known: docket show web-k3f9',
  ]);
});

test('what does not fit a claim is counted, the newest of what came before stays', () => {
  const before = Array.from({ length: 9 }, (_, index) => ({
    ...{ key: `web-s.${index + 1}`, title: 'Step', outcome: null, results: {}, isNeeded: true },
  }));
  const insights = Array.from({ length: 9 }, (_, index) => ({
    subject: 'x',
    text: `${index + 1}`,
  }));
  const lines = claimed({ told: { before, insights } });
  expect(lines.slice(1, 8)).toEqual([
    'Done before',
    '  +4 earlier',
    ...[5, 6, 7, 8, 9].map((number) => `- web-s.${number} Step`),
  ]);
  expect(lines).toContain('- x: 5');
  expect(lines).toContain('  +4 more');
});

test('a review is told what the last one found, and does not mend it', () => {
  const rejected = {
    role: 'review',
    status: 'completed',
    verdict: 'rejected',
    error: null,
  } as const;
  const lines = renderHandOver(
    taskView({ type: 'review', context: { issues_found: ['No test'] } }),
    handOver({ earlier: [{ ...byBob, ...rejected }] }),
  );
  expect(lines).toContain('What the last review found');
  expect(lines).not.toContain('To mend, as the review found');
});

test('what a task needs stays where not all that came before it fits', () => {
  const before = [9, 1, 2, 3, 4, 5, 6].map((step) => ({
    ...{ key: `web-s.${step}`, title: 'Step', outcome: null, results: {}, isNeeded: step === 9 },
  }));
  expect(claimed({ told: { before } }).slice(2, 8)).toEqual([
    '  +2 earlier',
    ...[3, 4, 5, 6, 9].map((step) => `- web-s.${step} Step`),
  ]);
});

test('a step without an outcome came to what it found, and to its documents', () => {
  const results = { approach: ['poll', 'alert at 30 min'], docs_created: ['docs/a.md'] };
  const step = { key: 'web-s.1', title: 'Design', outcome: null, results, isNeeded: true };
  expect(claimed({ told: { before: [step] } })[2]).toBe(
    '- web-s.1 Design: poll; alert at 30 min (docs/a.md)',
  );
});

test('who is to judge is told what the review before found, who works what is to be mended', () => {
  const task = taskView({ context: { issues_found: ['No test'] } });
  const rejected = {
    ...byBob,
    role: 'work',
    status: 'completed',
    verdict: 'rejected',
    error: null,
  };
  const review = { ...rejected, role: 'review' };
  const titleOf = (type: 'review' | 'implementation', ...earlier: HandOver['earlier']) =>
    claimed({ task: { ...task, type }, told: { earlier } })[1];
  const mend = 'To mend, as the review found';
  const judge = 'What the last review found';
  expect(titleOf('implementation', rejected, review)).toBe(mend);
  expect(titleOf('implementation', rejected, review, { ...rejected, verdict: null })).toBe(judge);
  expect(titleOf('review', review)).toBe(judge);
});

test('the page of a task tells all of it, with the runs before and the fields of a report', () => {
  const lines = renderHandOver(
    taskView({ context: { issues_found: ['No test', { file: 'a.ts', line: 3 }] } }),
    handOver({
      ...told,
      earlier: [
        {
          ...byBob,
          agent: 'Coding Agent',
          role: 'work',
          status: 'completed',
          verdict: 'rejected',
          error: null,
        },
        { ...byBob, role: 'work', status: 'failed', verdict: null, error: 'no network' },
      ],
      reportFields: ['status', 'outcome'],
    }),
  );
  expect(lines).toEqual([
    '',
    'The plan',
    'Part of API authentication (web-sfmu, 1 of 4 steps done)',
    '  | user_request: Secure the API',
    '  | For the audit',
    'Part of Code (web-sfmu.2)',
    '',
    'To mend, as the review found',
    '- No test',
    '- file: a.ts, line: 3',
    '',
    'Done before',
    '- web-sfmu.1 Design: Three tables (s.md)',
    '- web-sfmu.1 Cause: none',
    '',
    'Known',
    '- nas-1: Clock drifts',
    '',
    'Earlier attempts',
    '- Coding Agent (work): rejected',
    '- Bob_Other#nightly-42 (work): failed: no network',
    '',
    'docket report web-k3f9 JSON may have: status, outcome',
  ]);
});

test('a closed task that one run completed tells of no earlier attempts', () => {
  const run = { ...byBob, role: 'work', status: 'completed', verdict: null, error: null };
  const closed = taskView({ status: 'completed' });
  expect(renderHandOver(closed, handOver({ earlier: [run] }))).toEqual([]);
  const failed = { ...run, status: 'failed' };
  expect(renderHandOver(closed, handOver({ earlier: [failed, run] }))).toHaveLength(4);
});

test('the report is told of a task that an agent holds, not of a person’s plain one', () => {
  const fields = handOver({ reportFields: ['status'] });
  expect(renderHandOver(taskView({ claim: null }), fields)).toEqual([]);
  const agents = taskView({ assignedAgent: 'Coding Agent' });
  expect(renderHandOver(agents, fields)).toContain('docket report web-k3f9 JSON may have: status');
});

test('whoever mends work is told what there is of it, and a review what the one before found', () => {
  const earlier = [
    { ...byBob, role: 'work', status: 'completed', verdict: 'rejected', error: null },
  ];
  const context = { issues_found: ['No test'], files_created: ['auth.ts'] };
  const outcome = 'Code generated:\n\n- login\n- logout';
  const work = taskView({ context, outcome });
  expect(claimed({ task: work, told: { earlier } }).slice(0, 7)).toEqual([
    '',
    'So far',
    '- Code generated: login; logout',
    '- auth.ts',
    '',
    'To mend, as the review found',
    '- No test',
  ]);
  const review = taskView({ type: 'review', context: { issues_found: ['No test'] } });
  expect(claimed({ task: review, told: { earlier } }).slice(0, 3)).toEqual([
    '',
    'What the last review found',
    '- No test',
  ]);
});

test('approved work has nothing to mend', () => {
  const earlier = [
    { ...byBob, role: 'work', status: 'completed', verdict: 'approved', error: null },
  ];
  const task = taskView({ context: { issues_found: ['No test'] } });
  expect(renderHandOver(task, handOver({ earlier })).join('\n')).not.toContain('No test');
});

test('no text of a stranger ends its line or hides in it', () => {
  fc.assert(
    fc.property(nastyText, nastyText, (text, other) => {
      const whole: Partial<HandOver> = {
        partOf: [{ key: other, title: text, description: other, context: { reason: text } }],
        progress: { done: 0, total: 1 },
        before: [
          { key: other, title: text, outcome: other, isNeeded: true, results: { findings: text } },
        ],
        insights: [{ subject: text, text: other }],
        earlier: [
          { ...byBob, agent: text, role: other, status: text, verdict: null, error: other },
        ],
      };
      const task = taskView({ description: text, context: { issues_found: [other] } });
      const lines = [...claimed({ task, told: whole }), ...renderHandOver(task, handOver(whole))];
      for (const line of lines) expect(line).not.toMatch(unsafe);
    }),
  );
});
