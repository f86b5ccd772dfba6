import { expect, test } from 'vitest';
import type { OverviewAnswer } from '../../../lib/model/answers/overview.ts';
import type { ClaimView } from '../../../lib/model/answers/task.ts';
import { renderOverview } from '../../../lib/render/figures/overview.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { claim } from '../task-view.ts';

const at = '2026-11-21T10:00:00.000Z';
const none = { total: 0, tasks: [] };
const empty: OverviewAnswer = {
  ...{ workspace: 'web', database: 'sqlite:/home/alice/docket.db', inProgress: 0, waiting: 0 },
  scheduled: 0,
  ...{ mine: none, others: none, abandoned: none, blocked: none, ready: none },
  plans: { ...none, isAtLeast: false },
  finished: { ...none, from: '2026-11-21T00:00:00.000Z', timeZone: 'UTC' },
  ...{ totalLimit: 10_000, at },
};
const plan = { parent: 'web-sfmu', parentTitle: 'API authentication' };
const alone = { parent: null, parentTitle: null };

function task(key: string, title: string) {
  return { key, title, priority: 2, due: null, ...alone } as const;
}

function held(key: string, title: string, fields: Partial<ClaimView> = {}) {
  return { ...task(key, title), claim: { ...claim, ...fields }, lastNote: null };
}

const busy: OverviewAnswer = {
  ...empty,
  inProgress: 4,
  mine: {
    total: 2,
    tasks: [
      { ...held('web-sfmu.2', 'Write the code', { session: 'session-a' }), ...plan },
      held('web-k3f9', 'Wire the valve', { session: '3f2a1b00-0000', actor: 'alice' }),
    ],
  },
  others: { total: 1, tasks: [{ ...held('web-9zk2', 'Fix the login'), lastNote: 'halfway' }] },
  abandoned: {
    total: 1,
    tasks: [held('web-77qa', 'Import invoices', { absence: 'ended', stale: true })],
  },
  blocked: {
    total: 1,
    tasks: [
      { ...task('web-a3b2', 'Rotate the key'), reason: 'the vendor', since: at, claim: null },
    ],
  },
  ready: {
    total: 14,
    tasks: [{ ...task('web-b2c3', 'Urgent'), priority: 0 }, task('web-c2d3', 'Next')],
  },
  waiting: 3,
  plans: {
    total: 1,
    tasks: [
      {
        ...{ key: 'web-sfmu', title: 'API authentication', priority: 2 },
        ...{ status: 'in_progress', done: 1, total: 3 },
      },
    ],
    isAtLeast: false,
  },
  finished: {
    ...empty.finished,
    total: 7,
    tasks: [
      {
        ...{ ...task('web-sfmu.1', 'Design'), ...plan, completedAt: '2026-11-21T09:50:00.000Z' },
        ...{ by: { actor: 'bob@two', session: 'session-b', agent: 'main' }, outcome: 'two tables' },
      },
    ],
  },
};

const reader = { session: 'session-a', style: plainStyle, ascii: true };

test('each part is told with its count, and with what is left out of it', () => {
  expect(renderOverview(busy, reader).split('\n').slice(1)).toEqual([
    '',
    'Yours (2)',
    'web-sfmu.2  P2  [→] Write the code  (you, 1 h; part of API authentication)',
    'web-k3f9    P2  [→] Wire the valve  (alice#3f2a, 1 h)',
    '',
    'Others (1)',
    'web-9zk2  P2  [→] Fix the login  (bob@two#session-b, 1 h; last note: halfway)',
    '',
    'Abandoned (1)',
    expect.stringMatching(
      /^web-77qa {2}P2 {2}\[→\] Import invoices {2}\(bob@two#session-b, .*session ended 30 min ago\)$/,
    ),
    '  try: docket claim web-77qa --steal',
    '',
    'Blocked (1)',
    'web-a3b2  P2  [!] Rotate the key  (the vendor; just now)',
    '',
    'Ready (14)',
    'web-b2c3  P0  [ ] Urgent',
    'web-c2d3  P2  [ ] Next',
    '+12 more: docket ready',
    '',
    'Plans (1)',
    'web-sfmu  P2  [→] API authentication  ####......  1 of 3',
    '',
    'Finished today (7)',
    'web-sfmu.1  P2  [✓] Design  (bob@two#session-b, 10 min ago; two tables)',
    '+6 more: docket list --status completed --sort updated',
    '',
    '3 wait for others: docket list',
    '  try: docket claim --next, docket list, docket --help',
  ]);
});

test.each([
  ['sqlite:/home/alice/.local/share/docket/docket.db', 'docket.db on this machine'],
  ['mysql://db.example.com:3306/docket', 'docket on db.example.com'],
  ['mysql://[2001:db8::1]:3307/tasks', 'tasks on [2001:db8::1]:3307'],
])('the first line names the list and %s in a few words', (database, words) => {
  const [first] = renderOverview({ ...empty, database }, reader).split('\n');
  expect(first).toMatch(/^docket web, .+, \d\d:\d\d$/);
  expect(first).toContain(`, ${words}, `);
});

test('a task says when it is due, red where that is past, and dates that tasks wait for are counted', () => {
  const late = { ...task('web-b2c3', 'Late'), due: '2026-11-20T07:00:00.000Z' };
  const dated: OverviewAnswer = {
    ...empty,
    ...{ waiting: 1, scheduled: 2 },
    mine: { total: 1, tasks: [{ ...held('web-k3f9', 'Mine', { session: 'session-a' }), due: at }] },
    blocked: {
      total: 1,
      tasks: [{ ...late, key: 'web-a3b2', reason: 'the vendor', since: null, claim: null }],
    },
    ready: { total: 1, tasks: [{ ...late, ...plan }] },
  };
  const text = renderOverview(dated, reader);
  expect(text).toContain('Mine  (you, 1 h; overdue)');
  expect(text).toContain('Late  (the vendor; overdue 27 h)');
  expect(text).toContain('Late  (overdue 27 h; part of API authentication)');
  expect(text).toContain('\n1 waits for others, 2 for a date: docket list\n');
  const painted = renderOverview(dated, { ...reader, style: { width: 100, colour: true } });
  expect(painted).toContain('\u001b[31moverdue 27 h\u001b[0m');
});

test('a list of tasks that may not begin yet is not said to be empty', () => {
  expect(
    renderOverview({ ...empty, scheduled: 1 }, reader)
      .split('\n')
      .slice(1),
  ).toEqual([
    ...['', 'Nothing can be started.', '', '1 waits for a date: docket list'],
    '  try: docket list, docket --help',
  ]);
});

test('an empty list says how to begin', () => {
  expect(renderOverview(empty, reader).split('\n').slice(1)).toEqual([
    ...['', 'Nothing is open.', ''],
    "  try: docket create 'TITLE', docket plan --help, docket --help",
  ]);
});

test('on a terminal every line fits, and the screen as far as sections can give way', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      task(`web-a${index + 100}`, `${'long '.repeat(30)}`),
    );
  const full = {
    ...busy,
    others: {
      total: 10,
      tasks: many(10).map((each) => ({ ...held(each.key, each.title), ...plan })),
    },
    ready: { total: 40, tasks: many(10) },
  };
  for (const [width, height] of [
    [80, 40],
    [200, 50],
    [60, 24],
  ] as const) {
    const text = renderOverview(full, { ...reader, style: { width, height, colour: false } });
    const lines = text.split('\n');
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(lines.length).toBeLessThan(height);
    const ready = lines.slice(lines.indexOf('Ready (40)') + 1);
    const shown = ready.findIndex((line) => line.startsWith('+'));
    expect(shown).toBeGreaterThanOrEqual(height > 24 ? 2 : 1);
    expect(ready[shown]).toBe(`+${40 - shown} more: docket ready`);
  }
});

test('how a holder has gone is told before the title is, where a line is short', () => {
  const long = 'A title that takes more than half of the columns';
  const gone = { absence: 'silent', stale: true, actor: 'bob' } as const;
  const lines = renderOverview(
    { ...empty, abandoned: { total: 1, tasks: [{ ...held('web-77qa', long, gone), ...plan }] } },
    { ...reader, style: { width: 80, height: 24, colour: false } },
  ).split('\n');
  const line = lines.find((each) => each.startsWith('web-77qa')) ?? '';
  expect(line).toMatch(/A title.*… {2}\(bob#session-b, silent, last seen 30 min ago; …\)$/);
  expect(displayWidth(line)).toBeLessThanOrEqual(80);
});

test('tasks in progress that were not looked at are counted by themselves', () => {
  expect(renderOverview({ ...busy, inProgress: 104 }, reader)).toContain(
    '+100 more: docket list --status in_progress',
  );
});

test('plans that nobody could count are not said to be all', () => {
  const { plans } = busy;
  expect(renderOverview({ ...busy, plans: { ...plans, isAtLeast: true } }, reader)).toMatch(
    /Plans \(1\+\)\n.*\nthere may be more: docket list --status in_progress/,
  );
});

test('colours tell whose tasks are, and nothing else is told by them alone', () => {
  const painted = renderOverview(busy, {
    ...reader,
    style: { width: 100, colour: true },
  });
  expect(painted).toContain('\u001b[32mYours (2)');
  expect(painted).toContain('\u001b[36mOthers (1)');
  expect(painted).toContain('\u001b[33mAbandoned (1)');
  expect(painted).toContain('\u001b[31mBlocked (1)');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are taken out
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(
    renderOverview(busy, { ...reader, style: { width: 100, colour: false } }),
  );
});
