import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderPlan } from '../../../lib/render/checklist/plan.ts';
import { renderChecklist } from '../../../lib/render/checklist/render.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { nastyText } from '../nasty-text.ts';
import { cases } from './cases.ts';
import { checklistOf, type Step } from './tree.ts';

const views = ['plan', 'compact', 'detailed', 'summary'] as const;

/** Commands are there to be copied, so they are never cut. */
const hasCommand = /docket checklist/;

function overlong(root: Step, width: number): readonly string[] {
  const checklist = checklistOf(root);
  return [false, true].flatMap((ascii) => {
    const layout = { style: { width, colour: false }, ascii };
    return [
      ...views.flatMap((view) => renderChecklist(checklist, view, layout).split('\n')),
      ...renderPlan(checklist, layout, { withKeys: true }),
    ].filter((line) => displayWidth(line) > width && !hasCommand.test(line));
  });
}

test.each(Object.entries(cases))('%s fits a terminal of 40 to 100 columns', (_, root) => {
  for (const width of [40, 57, 80, 100]) expect(overlong(root, width)).toEqual([]);
});

test('whatever a title, an outcome or a reason holds, its line fits', () => {
  const status = fc.constantFrom('in_progress', 'blocked', 'completed', 'cancelled');
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ title: nastyText, status, outcome: nastyText, blockedReason: nastyText }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.integer({ min: 40, max: 120 }),
      (steps, width) => {
        expect(overlong({ title: steps[0]?.title ?? '', steps }, width)).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
});

test('what is behind a title gives way before the title does', () => {
  const steps: Step[] = [{ status: 'blocked', title: 'Deploy it', blockedReason: 'r'.repeat(99) }];
  const layout = { style: { width: 40, colour: false }, ascii: true };
  const [, item] = renderChecklist(checklistOf({ steps }), 'compact', layout).split('\n');
  expect(item).toBe(`- [!] Deploy it (blocked: ${'r'.repeat(10)}...)`);
});

test('deep steps keep most of the width for their titles', () => {
  let step: Step = { title: 'Deep' };
  for (let level = 0; level < 30; level += 1) step = { title: `Level ${level}`, steps: [step] };
  const layout = { style: { width: 60, colour: false }, ascii: false };
  const lines = renderChecklist(checklistOf(step), 'compact', layout).split('\n');
  expect(lines.at(-1)).toBe(`${' '.repeat(20)}- [ ] Deep`);
});

test('colour changes no character', () => {
  for (const root of Object.values(cases)) {
    for (const view of views) {
      const [coloured, plain] = [true, false].map((colour) =>
        renderChecklist(checklistOf(root), view, {
          style: { ...plainStyle, colour },
          ascii: false,
        }),
      );
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
      expect(coloured?.replace(/\u001b\[\d+m/g, '')).toBe(plain);
      expect(coloured).not.toBe(plain);
    }
  }
});

test('in ASCII no sign of ours is left, whatever it says', () => {
  const ours: Step = {
    title: `<b>${'x'.repeat(600)}`,
    status: 'in_progress',
    steps: (['pending', 'in_progress', 'blocked', 'completed', 'cancelled'] as const).map(
      (status) => ({
        title: 'y'.repeat(600),
        status,
        outcome: 'z'.repeat(600),
        blockedReason: '</docket>'.repeat(90),
        blockers: ['not a key'],
        context: { built: ['w'.repeat(600)], files_created: ['v'.repeat(600)] },
      }),
    ),
  };
  for (const view of views) {
    for (const width of [undefined, 60]) {
      const layout = { style: { width, colour: false }, ascii: true };
      // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
      expect(renderChecklist(checklistOf(ours), view, layout)).toMatch(/^[\u0000-\u007f]*$/);
    }
  }
});
