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

test('a path stands once, with and without the folder it begins in', () => {
  const report = {
    status: 'completed',
    files_created: ['api/auth.py', './api/auth.py', '././b.py', '.env', './'],
    files_modified: './c.py',
  };
  expect(tidyReport(report)).toEqual({
    status: 'completed',
    files_created: ['api/auth.py', 'b.py', '.env', './'],
    files_modified: ['c.py'],
  });
});

test('coverage is said in words, as a number or of several kinds', () => {
  for (const coverage of ['91 %', 91.5, { line: 91.5, branch: 80 }]) {
    const report = { status: 'completed', coverage };
    expect(parseReport(report, { type: 'testing', isReview: false })).toEqual(report);
  }
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
