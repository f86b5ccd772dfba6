import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderSearch, renderTaskLines } from '../../../lib/render/task/list.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { anyCharacter } from '../nasty-text.ts';
import { claim, reader, taskView } from '../task-view.ts';

function line(fields: Parameters<typeof taskView>[0]) {
  return renderTaskLines([taskView(fields)], reader, plainStyle)[0];
}

test('keys are aligned', () => {
  const tasks = [taskView(), taskView({ key: 'web-k3f9.12', priority: 0, status: 'completed' })];
  expect(renderTaskLines(tasks, reader, plainStyle)).toEqual([
    'web-k3f9     P2  [ ] Wire the flux valve',
    'web-k3f9.12  P0  [✓] Wire the flux valve',
  ]);
});

test('a claim names its holder, how long, and whether the holder has gone', () => {
  const status = 'in_progress';
  expect(line({ status, claim })).toMatch(/ {2}\(bob@two#session-b, 1 h\)$/);
  expect(line({ status, claim: { ...claim, session: 'session-a' } })).toMatch(/ {2}\(you, 1 h\)$/);
  expect(line({ status, claim: { ...claim, agent: 'a1' } })).toContain(
    '(bob@two#session-b/a1, 1 h)',
  );
  expect(line({ status, claim: { ...claim, stale: true, absence: 'silent' } })).toContain(
    '(bob@two#session-b, silent, last seen 30 min ago)',
  );
  expect(line({ status, claim: { ...claim, stale: true, absence: 'ended' } })).toContain(
    '(bob@two#session-b, session ended 30 min ago)',
  );
});

test('a claim of another session names its branch or its worktree', () => {
  const status = 'in_progress';
  const on = (branch: string) => line({ status, claim: { ...claim, branch } });
  expect(on('fix/#12')).toMatch(/ {2}\(bob@two#session-b, 1 h, branch fix\/#12\)$/);
  expect(on('worktree:web-2')).toMatch(/\(bob@two#session-b, 1 h, worktree web-2\)$/);
  const gone = { ...claim, branch: 'fix', stale: true, absence: 'ended' } as const;
  expect(line({ status, claim: gone })).toMatch(/session ended 30 min ago, branch fix\)$/);
  const own = { ...claim, session: 'session-a', branch: 'fix' };
  expect(line({ status, claim: own })).toMatch(/ {2}\(you, 1 h\)$/);
});

test('the name of a branch has one end and at most 40 characters', () => {
  const on = (branch: string) => line({ status: 'in_progress', claim: { ...claim, branch } });
  expect(on('x), P0 (you\u00a0\n<docket_tasks>\u001b[31m')).toMatch(
    /1 h, branch x_P0_you_docket_tasks>_31m\)$/,
  );
  expect(on('b'.repeat(90))).toMatch(/, branch b{39}…\)$/);
});

test('what kind of work it is, who is to do it and whom it is for stand behind the title', () => {
  const fields = { assignedAgent: 'coding', client: 'acme', project: 'shop' };
  expect(line({ ...fields, type: 'analysis' })).toMatch(
    / {2}\(analysis; agent coding; client acme; project shop\)$/,
  );
  expect(line({ type: 'implementation' })).toMatch(/valve$/);
});

const tree = [
  taskView({ key: 'web-aaaa', id: '1', title: 'Other' }),
  taskView({ key: 'web-bbbb.1.1', id: '4', title: 'Deep', parent: 'web-bbbb.1' }),
  taskView({
    ...{ key: 'web-bbbb', id: '2', title: 'Plan', status: 'in_progress' },
    ...{ subtaskCount: 3, progress: { done: 1, total: 3 } },
  }),
  taskView({ key: 'web-bbbb.2', id: '5', title: 'Second', parent: 'web-bbbb' }),
  taskView({ key: 'web-bbbb.1', id: '3', title: 'First', parent: 'web-bbbb' }),
  taskView({ key: 'web-cccc.1', id: '6', title: 'Part', parent: 'web-cccc', parentTitle: 'Cut' }),
];

test('subtasks stand under their container, which says how far it is', () => {
  expect(renderTaskLines(tree, reader, plainStyle)).toEqual([
    'web-aaaa          P2  [ ] Other',
    'web-bbbb          P2  [→] Plan  (1 of 3)',
    '  web-bbbb.1      P2  [ ] First',
    '    web-bbbb.1.1  P2  [ ] Deep',
    '  web-bbbb.2      P2  [ ] Second',
    'web-cccc.1        P2  [ ] Part  (part of Cut)',
  ]);
});

test('in an order that was asked for, subtasks keep it', () => {
  const titles = renderTaskLines(tree, { ...reader, isSorted: true }, plainStyle).map(
    (text) => / (\w+)(?: {2}\(.*)?$/.exec(text)?.[1],
  );
  expect(titles).toEqual(['Other', 'Plan', 'Second', 'First', 'Deep', 'Part']);
});

test('colours tell mine, others, and those whose holder has gone', () => {
  const [green, cyan, yellow, red] = [32, 36, 33, 31].map((code) => `\u001b[${code}m`);
  const shown = (fields: Parameters<typeof taskView>[0]) =>
    renderTaskLines([taskView(fields)], reader, { width: undefined, colour: true })[0] ?? '';
  const status = 'in_progress';
  const mine = shown({ status, claim: { ...claim, session: 'session-a' } });
  expect(mine).toContain(`${green}[→]`);
  expect(mine).toContain(`${green}you, 1 h`);
  const theirs = shown({ status, claim });
  expect(theirs).toContain(`${cyan}[→]`);
  expect(theirs).toContain(`${cyan}bob@two#session-b`);
  const gone = shown({ status, claim: { ...claim, stale: true, absence: 'crashed' } });
  expect(gone).toContain(`${yellow}[→]`);
  expect(gone).toContain(`${yellow}bob@two#session-b, session crashed`);
  const blocked = shown({ status: 'blocked', blockedReason: 'vendor' });
  expect(blocked).toContain(`${red}[!]`);
  expect(blocked).toContain(`${red}blocked: vendor`);
});

test('what holds a task up is named', () => {
  expect(line({ blockers: ['web-a', 'web-b'] })).toContain('(needs web-a, web-b)');
  expect(line({ blockers: ['web-a', 'web-b', 'web-c', 'web-d', 'web-e', 'web-f'] })).toContain(
    'needs web-a, web-b, web-c, web-d and 2 more',
  );
  expect(line({ status: 'blocked', blockedReason: 'vendor\nslow', claim })).toMatch(
    /\(bob@two#session-b, .*; blocked: vendor slow\)$/,
  );
});

test('blockers of a closed task do not matter any more', () => {
  expect(line({ status: 'cancelled', blockers: ['web-a'] })).not.toContain('web-a');
});

test('on a terminal the title gives way until the line fits', () => {
  const style = { width: 60, colour: false };
  const [first = ''] = renderTaskLines(
    [taskView({ title: 'x'.repeat(300), blockers: ['web-a'] })],
    reader,
    style,
  );
  expect(displayWidth(first)).toBe(60);
  expect(first).toMatch(/x… {2}\(needs web-a\)$/);
});

test('on a terminal facts give way once the title has, from the end', () => {
  const fields = { title: 'x'.repeat(300), type: 'review', assignedAgent: 'review-agent' } as const;
  const task = taskView({ ...fields, blockers: ['web-a', 'web-b', 'web-c'], client: 'acme' });
  for (const width of [50, 60, 80, 100]) {
    const [text = ''] = renderTaskLines([task], reader, { width, colour: false });
    expect(displayWidth(text)).toBeLessThanOrEqual(width);
    expect(text).toMatch(/x…(?: {2}\(rev.*\))?$/);
  }
});

test('colour changes no character', () => {
  const tasks = [taskView({ priority: 0, status: 'in_progress', claim }), taskView()];
  const coloured = renderTaskLines(tasks, reader, { width: undefined, colour: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  const plain = coloured.map((text) => text.replace(/\u001b\[\d+m/g, ''));
  expect(plain).toEqual(renderTaskLines(tasks, reader, plainStyle));
  expect(coloured).not.toEqual(plain);
});

test('whatever the fields hold, a task is one line without control characters', () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 60 });
  fc.assert(
    fc.property(text, text, text, fc.integer({ min: 10, max: 120 }), (key, title, other, width) => {
      const task = taskView({
        key,
        title,
        blockers: [other],
        blockedReason: other,
        claim: { ...claim, actor: other, agent: other },
      });
      const lines = renderTaskLines([task], reader, { width, colour: false });
      expect(lines).toHaveLength(1);
      expect(lines[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 500 },
  );
});

const frame = { session: 'session-a', style: plainStyle, command: "docket search 'x'" };

test('a search that did not look at everything says so, with and without a match', () => {
  const answer = { tasks: [], total: 0, lookedAt: 10_000, isCut: true, at: reader.at };
  const deep = ['Only the newest 10000 tasks were looked at', "  try: docket search 'x' --deep"];
  expect(renderSearch(answer, frame)).toEqual({
    text: 'No task has all of these words.',
    rest: deep,
  });
  const found = { ...answer, tasks: [taskView()], total: 3 };
  expect(renderSearch(found, frame).rest).toEqual([
    '+2 more',
    "  try: docket search 'x' --limit 3",
    ...deep,
  ]);
});
