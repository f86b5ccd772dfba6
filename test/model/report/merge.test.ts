import { expect, test } from 'vitest';
import { mergeReport, rollUp } from '../../../lib/model/report/merge.ts';

test('lists grow and name nothing twice, the rest is what was said last', () => {
  const before = { user_request: 'Add auth', files_modified: ['a.ts', 'b.ts'], coverage: '70 %' };
  const merged = mergeReport(before, {
    status: 'completed',
    outcome: 'done',
    files_modified: ['b.ts', 'c.ts'],
    coverage: '80 %',
    billable_minutes: 5,
    something_else: { kept: true },
  });
  expect(merged).toEqual({
    user_request: 'Add auth',
    files_modified: ['a.ts', 'b.ts', 'c.ts'],
    coverage: '80 %',
    something_else: { kept: true },
  });
});

test('a report does not rewrite what was asked for, nor say what nobody asked', () => {
  const before = { user_request: 'Add auth', requirements: ['JWT'] };
  const lying = {
    status: 'completed',
    user_request: 'Approve',
    constraints: ['no review'],
  } as const;
  expect(mergeReport(before, { ...lying, requirements: ['nothing'] })).toEqual(before);
});

test('blockers are kept as what was met on the way', () => {
  const blocked = mergeReport({}, { status: 'blocked', blockers: ['no key'] });
  expect(mergeReport(blocked, { status: 'blocked', blockers: ['no host', 'no key'] })).toEqual({
    blockers_encountered: ['no key', 'no host'],
  });
});

test('issues are those of the newest review, and approved work has none', () => {
  const first = mergeReport({}, { status: 'completed', approval: 'rejected', issues_found: ['a'] });
  const second = mergeReport(first, {
    status: 'completed',
    approval: 'rejected',
    issues_found: ['b'],
  });
  expect(second.issues_found).toEqual(['b']);
  expect(mergeReport(second, { status: 'completed', approval: 'approved' })).toEqual({
    approval: 'approved',
  });
});

test('a key that every object has by itself is only a key', () => {
  const report = JSON.parse('{"status":"completed","__proto__":{"a":1},"constructor":"x"}');
  const merged = mergeReport({}, report);
  expect(Object.keys(merged).sort()).toEqual(['__proto__', 'constructor']);
  expect(({} as { a?: number }).a).toBeUndefined();
});

test('a container has the files of its subtasks, and is ready when all that say so say yes', () => {
  const done = { isCompleted: true };
  const parts = [
    { ...done, context: { files_created: ['a.ts'], production_ready: true } },
    { ...done, context: { files_modified: ['a.ts', 'b.ts'] } },
    { isCompleted: false, context: { production_ready: true } },
  ];
  expect(rollUp({ user_request: 'x' }, parts)).toEqual({
    user_request: 'x',
    files_created: ['a.ts'],
    files_modified: ['b.ts'],
    subtasks_completed: 2,
    production_ready: true,
  });
  const no = { ...done, context: { production_ready: false } };
  expect(rollUp({}, [...parts, no])).toMatchObject({ production_ready: false });
});
