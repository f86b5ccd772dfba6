import { expect, test } from 'vitest';
import type { RunView } from '../../../lib/model/answers/run.ts';
import { renderRuns } from '../../../lib/render/run/lines.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

function lineOf(fields: Partial<RunView>, at = '2026-11-21T09:05:00.000Z'): string {
  const run: RunView = {
    ...{ id: 'r', task: 'web-k3f9.1', agent: 'Coding Agent', role: 'work', attempt: 1, cycle: 1 },
    ...{ status: 'completed', verdict: null, session: 's', agentId: 'main', actor: 'alice@one' },
    ...{ startedAt: '2026-11-21T09:00:00.000Z', finishedAt: null },
    ...{ clock: null, proposedMinutes: null },
    ...{ activeMs: 300_000, activeMinutes: 5, costUsd: null, report: null, error: null },
    ...fields,
  };
  const [line = ''] = renderRuns([run], { at, style: plainStyle });
  return line.replace(/^(?:just now|5 min ago) {2}web-k3f9\.1 {2}/, '');
}

test('a run says what came of it, or why nothing did', () => {
  const report = { status: 'completed', outcome: 'Built it' };
  expect(lineOf({ report })).toBe('Coding Agent  completed, 5 min  Built it');
  expect(lineOf({ status: 'failed', report, error: 'crashed: boom' })).toBe(
    'Coding Agent  failed, 5 min  crashed: boom',
  );
});

test('a run says what it cost, where that is known', () => {
  expect(lineOf({ costUsd: 1.005 })).toBe('Coding Agent  completed, 5 min, $1.00');
  expect(lineOf({ costUsd: 0.0004 })).toBe('Coding Agent  completed, 5 min, under $0.01');
});

test('a run without an outcome says what blocks it or what was found', () => {
  const blockers = ['Needs the password', 'Needs a server'];
  expect(lineOf({ status: 'blocked', report: { status: 'blocked', blockers } })).toBe(
    'Coding Agent  blocked, 5 min  Needs the password; Needs a server',
  );
  const issues = ['No tests', { file: 'a.ts', issue: 'leaks' }];
  const report = { status: 'completed', approval: 'rejected', issues_found: issues };
  expect(lineOf({ role: 'review', verdict: 'rejected', report })).toBe(
    'Coding Agent (review)  rejected, 5 min  No tests; a.ts: leaks',
  );
  expect(lineOf({ report: { status: 'completed', issues_found: 'odd' } })).toBe(
    'Coding Agent  completed, 5 min',
  );
});

test('a run that goes on says for how long', () => {
  expect(lineOf({ status: 'running' })).toBe('Coding Agent  running for 5 min');
  expect(lineOf({ status: 'running' }, '2026-11-21T09:00:30.000Z')).toBe(
    'Coding Agent  running, began just now',
  );
});
