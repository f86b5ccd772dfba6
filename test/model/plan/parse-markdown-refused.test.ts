import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePlan, parseSubtasks } from '../../../lib/model/plan/plan.ts';
import { anyCharacter } from '../../render/nasty-text.ts';

describe('Markdown', () => {
  test.for([
    ['- [ ] one', 'plan: no "# Title" line'],
    ['# T', 'plan: no "- [ ] item" line'],
    ['', 'plan: no "# Title" line'],
    ['# T\n- [ ]', 'plan: line 2: the item has no text'],
    ['# T\n- [ ]   ', 'plan: line 2: the item has no text'],
    ['# T\n- [ ] one\n- [x] two', 'plan: line 3: the item is done already: leave it out'],
    ['# T\n## Part\n', 'plan: line 2: no items below the heading; a step is written "- [ ] Part"'],
    ['- [ ] one\n# T', 'plan: line 2: the title stands below items; it comes first'],
    [
      '# T\n- [ ] one\n## Part\ntext',
      'plan: line 3: no items below the heading; a step is written "- [ ] Part"',
    ],
    [
      '# T\n- [ ] one\n# U',
      'plan: line 3: a second title; a heading with more # makes a phase of the plan',
    ],
    [
      '{"title":"T","subtasks":[{"title":"a"},{"title":"b","needs":[0]}]}',
      'plan: subtask 2 needs names 0; the subtasks beside it are numbered from 1',
    ],
    ['#\n- [ ] one', 'plan: no "# Title" line'],
  ] as const)('%j is refused: %s', ([text, message]) => {
    expect(() => parsePlan(text)).toThrow(
      expect.objectContaining({ code: 'invalid_input', message }),
    );
  });

  test('to add subtasks no title is needed, and one is not used', () => {
    expect(parseSubtasks('- [ ] one\nmore\n- [ ] two').subtasks).toEqual([
      { title: 'one', description: 'more' },
      { title: 'two' },
    ]);
    expect(parseSubtasks('# Part two\n- one')).toEqual({ subtasks: [{ title: 'one' }] });
  });

  test('any text is a plan or is refused as one', () => {
    const line = fc.oneof(
      fc.constantFrom('# T', '- [ ] one', '- [x]', '* two', '```', '---', '', '{"a":1}', '[', '\t'),
      fc.string({ unit: anyCharacter, maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (parts) => {
        for (const parse of [parsePlan, parseSubtasks]) {
          try {
            parse(parts.join('\n'));
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(invalid_input|cycle)$/) });
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
