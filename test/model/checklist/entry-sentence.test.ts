import { expect, test } from 'vitest';
import { entrySentence } from '../../../lib/model/checklist/entry-sentence.ts';

test('an issue says how grave it is, where, what, and what would be right', () => {
  const issue = {
    file: 'api/auth.py',
    line: 88,
    severity: 'critical',
    issue: 'tokens stored unhashed.',
    suggested_fix: 'hash them',
  };
  expect(entrySentence(issue)).toBe(
    'critical api/auth.py:88: tokens stored unhashed. Fix: hash them',
  );
});

test('parts of other names follow with their names', () => {
  expect(entrySentence({ title: 'Poll', pros: 'simple', cons: ['slow', 'blind'] })).toBe(
    'Poll. pros: simple. cons: slow, blind',
  );
  expect(entrySentence({ description: 'no test', line: 4 })).toBe('no test. line: 4');
});

test('what is empty says nothing, and an object of unknown parts is no sentence', () => {
  expect(entrySentence({ issue: 'no test', fix: null, file: '' })).toBe('no test');
  expect(entrySentence({ a: 1, b: 2 })).toBeUndefined();
  expect(entrySentence({ file: 'a.ts' })).toBeUndefined();
});

test.for([
  [{ file: 'a.ts', line: 3, issue: 'a.ts:3: no test' }, 'a.ts:3: no test'],
  [{ file: 'a.ts', issue: 'a.ts:3 - no test' }, 'a.ts:3: no test'],
  [{ file: 'a.ts', line: 9, issue: 'a.ts has no test' }, 'a.ts:9: has no test'],
  [{ file: 'a.ts', issue: 'a.tsx: no test' }, 'a.ts: a.tsx: no test'],
  [{ severity: 'High', file: 'a.ts', issue: 'HIGH: a.ts: no test' }, 'High a.ts: no test'],
  [{ severity: 'high', issue: '[High] no test' }, 'high: no test'],
  [{ issue: 'no test', fix: 'Fix: write one' }, 'no test. Fix: write one'],
] as const)('of %j nothing is said twice', ([entry, sentence]) => {
  expect(entrySentence(entry)).toBe(sentence);
});
