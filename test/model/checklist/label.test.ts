import { expect, test } from 'vitest';
import { labelled } from '../../../lib/model/checklist/label.ts';

test.for([
  ['approach', 'Check the age', 'Approach: Check the age'],
  ['findings', 'found: a script', 'Found: a script'],
  ['root_cause', 'Root cause: the clock', 'Cause: the clock'],
  ['issues_found', 'Issue: no test', 'Issue found: no test'],
  ['issues_found', 'a.ts:3: no test', 'Issue found: a.ts:3: no test'],
  ['deployed_to', 'the monitoring server', 'Deployed to: the monitoring server'],
  ['findings', 'Found:', 'Found: Found:'],
  ['colour', 'red: dark', 'Found: red: dark'],
] as const)('%s before %j says no word twice', ([field, text, shown]) => {
  expect(labelled(field, text)).toBe(shown);
});

test('what stands behind a label comes before the colon', () => {
  expect(labelled('approval', 'rejected', ' in round 1')).toBe('Verdict in round 1: rejected');
});
