import { expect, test } from 'vitest';
import type { PhaseResult, VerifyAnswer } from '../../../lib/model/answers/verify.ts';
import { renderVerification } from '../../../lib/render/figures/verification.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';

const phase = { milliseconds: 42, roundTrips: 5 } as const;
const phases: PhaseResult[] = [
  { number: 1, name: 'database', title: 'reachable', status: 'passed', ...phase },
  {
    ...{ number: 2, name: 'session', title: 'the list in a session', status: 'failed', ...phase },
    ...{ message: 'it says\nnothing', next: 'docket doctor' },
  },
  {
    ...{ number: 10, name: 'race', title: 'race', status: 'skipped', milliseconds: 0 },
    ...{ roundTrips: null, message: 'needs 2, the list in a session' },
  },
];
const answer: VerifyAnswer = {
  ...{ database: 'mysql://db.example.com:3306/docket', user: 'alice', secondUser: 'bob' },
  ...{ passed: 1, total: 3, milliseconds: 2_140, stopped: false, list: 'verify-1', phases },
  leftOver: [],
};

test('a line a phase, why one failed and what to do below it, and how many passed', () => {
  expect(renderVerification(answer, plainStyle)).toEqual([
    'mysql://db.example.com:3306/docket as alice and bob',
    'ok     1  reachable                 42 ms    5 round trips',
    'fail   2  the list in a session     42 ms    5 round trips',
    '          it says nothing',
    '          -> docket doctor',
    'skip  10  race                   needs 2, the list in a session',
    '1/3 in 2.1 s',
  ]);
});

test('what was left before, what is left now and that it was stopped stand at the end', () => {
  const more = { leftOver: ['verify-0'], notRemoved: 'it does not answer', stopped: true };
  expect(renderVerification({ ...answer, ...more }, plainStyle).slice(-4)).toEqual([
    'Removed what earlier runs had left: verify-0',
    'The list verify-1 is still there: it does not answer',
    '  The next docket verify removes it',
    '1/3 in 2.1 s, stopped',
  ]);
});

test('on a terminal marks have colours, and words as well', () => {
  const coloured = renderVerification(answer, { width: 80, colour: true }).join('\n');
  expect(coloured).toContain('\u001b[31mfail\u001b[0m');
  expect(coloured).toContain('\u001b[32mok  \u001b[0m');
});
