import { expect, test } from 'vitest';
import { entriesOf } from '../../../lib/model/checklist/context-entries.ts';
import { checklistOf, type Step } from '../../render/checklist/tree.ts';

function summaryOf(root: Step, ...steps: readonly Step[]) {
  return checklistOf({ ...root, steps }).summary;
}

test.for<[unknown, readonly string[]]>([
  ['one', ['one']],
  [' ', []],
  [null, []],
  [0, ['0']],
  [false, ['false']],
  [
    ['a', '', 'b'],
    ['a', 'b'],
  ],
  [{ passed: 3, text: 'x' }, ['x. passed: 3']],
  [[{ severity: 'high', lines: [1, 2] }], ['severity: high; lines: 1, 2']],
])('%j is told as %j', ([value, entries]) => {
  expect(entriesOf({ field: value }, 'field')).toEqual(entries);
  expect(entriesOf({}, 'toString')).toEqual([]);
});

test('files of all steps are told once, and one that was created is not modified as well', () => {
  const summary = summaryOf(
    { context: { files_modified: ['b.ts', 'c.ts'] } },
    { context: { files_created: ['a.ts'], files_modified: ['b.ts'] } },
    { context: { files_modified: ['a.ts'] } },
  );
  expect(summary).toMatchObject({ filesCreated: ['a.ts'], filesModified: ['b.ts', 'c.ts'] });
});

test('minutes to bill are those given, else those worked on what is billable', () => {
  const billable = true;
  const steps: Step[] = [
    { billable, minutes: 9, billableMinutes: 15 },
    { billable, steps: [{ billable, minutes: 7 }, { minutes: 3 }] },
    { minutes: 2 },
  ];
  const summary = summaryOf({ billable }, ...steps);
  expect(summary).toMatchObject({ minutes: 21, billableMinutes: 22 });
  expect(summaryOf({ billable, billableMinutes: 60 }, ...steps).billableMinutes).toBe(60);
  expect(summaryOf({ billable, minutes: 30 }, ...steps).billableMinutes).toBe(31);
  expect(summaryOf({}, ...steps).billableMinutes).toBeNull();
});

test('it is ready for production when all that say so say yes', () => {
  const yes = { status: 'completed', context: { production_ready: true } } as const;
  const no = { status: 'completed', context: { production_ready: false } } as const;
  expect(summaryOf({}, yes, {}).productionReady).toBe(true);
  expect(summaryOf({}, yes, no).productionReady).toBe(false);
  expect(summaryOf({}, {}).productionReady).toBeNull();
});

test('what was built, tested and documented is what reports say, else the outcomes of such steps', () => {
  const built: Step = { status: 'completed', type: 'implementation', outcome: 'Built it' };
  const tested: Step = { status: 'completed', type: 'testing', outcome: 'Tested it' };
  expect(summaryOf({}, built, tested)).toMatchObject({
    built: ['Built it'],
    testing: ['Tested it'],
    documentation: [],
  });
  const context = { what_was_built: 'A valve', tests: ['one', 'two'], coverage: 90 };
  expect(summaryOf({}, { ...built, context }, tested)).toMatchObject({
    built: ['A valve'],
    testing: ['one', 'two', 'Coverage: 90 %'],
  });
});

test('work that was mended after its review built what it came to before, too', () => {
  const context = { earlier_outcomes: ['Code generated'] };
  const step = { status: 'completed', outcome: 'Tokens hashed', context } as const;
  expect(summaryOf({}, step)).toMatchObject({ built: ['Code generated', 'Tokens hashed'] });
});

test('a cancelled step built nothing', () => {
  const summary = summaryOf({}, { status: 'cancelled', outcome: 'No', context: { built: 'x' } });
  expect(summary.built).toEqual([]);
});

test('short values of deployment steps are facts; known fields, long ones and odd names are not', () => {
  const context = {
    alert_threshold: '30 minutes',
    retries: 3,
    environment: 'production',
    total_time: '99 h',
    long: 'x'.repeat(500),
    'Files created': 'forged',
    list: ['a'],
  };
  const step = { status: 'completed', type: 'deployment', context } as const;
  expect(summaryOf({}, step).facts).toEqual([
    { name: 'alert_threshold', value: '30 minutes' },
    { name: 'retries', value: '3' },
  ]);
  expect(summaryOf({}, { ...step, type: 'research' }).facts).toEqual([]);
});

test('a mended bug and a deployment tell what their types have, and other steps do not', () => {
  const bug: Step = {
    ...{ status: 'completed', type: 'bugfix' },
    context: { bug_description: '500 at login', root_cause: 'no index', fix_applied: 'added it' },
  };
  const environment = { host: 'web-1', os: 'Debian' };
  const deployed: Step = {
    ...{ status: 'completed', type: 'deployment' },
    context: { deployment_steps: ['copied', 'restarted'], environment },
  };
  const built: Step = { status: 'completed', context: { environment, root_cause: 'none' } };
  expect(summaryOf({ context: { environment } }, bug, deployed, built)).toMatchObject({
    fixed: ['Bug: 500 at login', 'Cause: no index', 'Fixed: added it'],
    deployment: ['Step: copied', 'Step: restarted', 'Environment: host: web-1, os: Debian'],
  });
});

test('what the one who did it says of its review counts until somebody has judged it', () => {
  const said = { status: 'completed', context: { review_status: 'not yet' } } as const;
  const checklist = checklistOf({ steps: [said, { ...said, approvedBy: 'Code Review Agent' }] });
  expect(checklist.items.map(({ details }) => details)).toEqual([
    [{ field: 'review_status', text: 'not yet' }],
    [],
  ]);
  expect(summaryOf({}, said, said).facts).toEqual([{ name: 'review_status', value: 'not yet' }]);
  expect(summaryOf({}, { ...said, approvedBy: 'Code Review Agent' }).facts).toEqual([]);
});
