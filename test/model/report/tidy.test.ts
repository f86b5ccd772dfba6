import { expect, test } from 'vitest';
import { parseReport } from '../../../lib/model/report/report.ts';
import { tidyReport } from '../../../lib/model/report/tidy.ts';

test('null says nothing, and one thing alone is a list of it', () => {
  const report = {
    status: 'completed',
    outcome: 'Signs in',
    files_created: 'api/auth.py',
    issues_found: { file: 'api/auth.py', line: 88 },
    insights: 'the key is in the vault',
    follow_ups: null,
    blockers: '',
    built: 'sign-in',
  };
  expect(parseReport(report, { type: 'implementation', isReview: false })).toEqual({
    status: 'completed',
    outcome: 'Signs in',
    files_created: ['api/auth.py'],
    issues_found: [{ file: 'api/auth.py', line: 88 }],
    insights: ['the key is in the vault'],
    blockers: [],
    built: 'sign-in',
  });
});

test('what is no report stays what it is', () => {
  for (const value of [null, 'done', ['done'], 5]) expect(tidyReport(value)).toBe(value);
});

test('a value of another shape is still named', () => {
  const report = { status: 'completed', files_created: 5 };
  expect(() => parseReport(report, { type: 'research', isReview: false })).toThrow(/files_created/);
});

test('a field of the name __proto__ is kept as a field', () => {
  const report = JSON.parse('{"status":"completed","__proto__":{"x":1}}');
  expect(Object.getOwnPropertyNames(tidyReport(report))).toContain('__proto__');
});
