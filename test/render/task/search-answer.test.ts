import { expect, test } from 'vitest';
import { renderSearch } from '../../../lib/render/task/search-answer.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { reader, taskView } from '../task-view.ts';

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
