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
    ', abandoned: silent, last seen 30 min ago)',
  );
});

test('what holds a task up is named', () => {
  expect(line({ blockers: ['web-a', 'web-b'] })).toContain('(needs web-a, web-b)');
  expect(line({ blockers: ['web-a', 'web-b', 'web-c', 'web-d', 'web-e', 'web-f'] })).toContain(
    'needs web-a, web-b, web-c, web-d and 2 more',
  );
  expect(line({ status: 'blocked', blockedReason: 'vendor\nslow', claim })).toMatch(
    /\(bob@two#session-b, .*; blocked: vendor slow\)$/,
  );
  expect(line({ subtaskCount: 1 })).toContain('(1 subtask)');
  expect(line({ subtaskCount: 3 })).toContain('(3 subtasks)');
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
  const deep = "Only the newest 10000 tasks were looked at; all: docket search 'x' --deep";
  expect(renderSearch(answer, frame)).toBe(`No task has all of these words.\n${deep}`);
  const found = { ...answer, tasks: [taskView()], total: 3 };
  expect(renderSearch(found, frame).split('\n').slice(1)).toEqual([
    "+2 more: docket search 'x' --limit 3",
    deep,
  ]);
});
