import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PromptList } from '../../../lib/model/prompt/list.ts';
import { blockLimit, renderPromptBlock } from '../../../lib/render/prompt/block.ts';
import { nastyText } from '../nasty-text.ts';
import { promptList } from '../prompt-list-arbitrary.ts';
import { claimed, empty, probe, reader, tasks } from './prompt-parts.ts';
import { sectionsOf } from './sections.ts';

test('when room is short every section keeps some lines, the first ones most', () => {
  const long = 'long '.repeat(30);
  const list: PromptList = {
    ...empty,
    others: Array.from({ length: 12 }, (_, index) =>
      claimed(`web-c${index}`, { title: long, lastNote: long }),
    ),
    blocked: tasks(6).map((task) => ({ ...task, title: long, reason: long })),
    ready: tasks(10).map((task) => ({ ...task, title: long })),
    counts: { inProgress: 12, blocked: 6, ready: 10, waiting: 3 },
  };
  const sections = sectionsOf(renderPromptBlock(list, reader)).filter(
    ({ heading }) => !heading.startsWith('Waiting'),
  );
  expect(sections.map(({ shown }) => shown).every((shown) => shown >= 3)).toBe(true);
  expect(sections[0]?.shown).toBeGreaterThan(3);
});

describe('whatever the data', () => {
  const anyReader = fc.record({
    actor: nastyText,
    session: fc.oneof(fc.constant('reader'), nastyText),
    probe: fc.constant(probe),
    stale: fc.constantFrom(undefined, { age: '5 min', isAmended: true }),
  });

  test('the frame is docket alone’s, and nothing exceeds its size', () => {
    fc.assert(
      fc.property(promptList, anyReader, (list, who) => {
        const block = renderPromptBlock(list, who);
        expect(block.length).toBeLessThanOrEqual(blockLimit);
        const lines = block.split('\n');
        expect(lines[0]).toMatch(/^<docket workspace="[^"<>]*" at="[^"<>]*" you="[^"<>]*">$/);
        expect(lines.at(-1)).toBe('</docket>');
        expect(block.match(/<\s*\/?\s*[a-z!?]/giu)).toHaveLength(2);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
        expect(block).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(block).not.toMatch(/(?![\u200c\u200d])\p{Cf}/u);
        expect(block.isWellFormed()).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });

  test('what is shown and what is left out make the whole, in every section', () => {
    fc.assert(
      fc.property(promptList, anyReader, (list, who) => {
        const block = renderPromptBlock(list, who);
        const { counts } = list;
        const isEmpty =
          counts.inProgress + counts.waiting === 0 &&
          [list.blocked, list.ready].every((l) => !l.length);
        if (isEmpty) {
          expect(block).toMatch(/\nNothing (?:is|was) open\./);
          return;
        }
        const totals = new Map([
          ['In progress', counts.inProgress],
          ['Blocked', counts.blocked],
          ['Ready', counts.ready],
          ['Waiting', counts.waiting],
        ]);
        const sections = sectionsOf(block);
        const abandoned = sections.find(({ heading }) => heading === 'Abandoned');
        const gone = (abandoned?.shown ?? 0) + Number(/\d+/.exec(abandoned?.more ?? '0')?.[0] ?? 0);
        totals.set('In progress', counts.inProgress - gone);
        for (const { heading, shown, more } of sections) {
          if (heading === 'Abandoned') continue;
          if (heading.startsWith('Waiting')) {
            expect(heading).toBe(`Waiting: ${counts.waiting >= 101 ? '100+' : counts.waiting}`);
            totals.delete('Waiting');
            continue;
          }
          const name = heading.split(',')[0] ?? '';
          const total = totals.get(name) ?? Number.NaN;
          totals.delete(name);
          const left = more === undefined ? 0 : Number(/\d+/.exec(more)?.[0]);
          expect(shown + left).toBe(total);
          expect(more?.includes('or more') ?? false).toBe(left > 0 && total >= 101);
          const said = /^Ready, (\d+) of (\d+)/.exec(heading);
          if (said)
            expect([Number(said[1]), Math.min(total, 100)]).toEqual([shown, Number(said[2])]);
        }
        // A section that is not there had nothing to show.
        expect([...totals.values()].every((total) => total === 0)).toBe(true);
      }),
      { numRuns: 1_500 },
    );
  });
});
