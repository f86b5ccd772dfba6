import { expect, test } from 'vitest';
import { renderChecklist } from '../../../lib/render/checklist/render.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { checklistOf, type Step } from './tree.ts';

const layout = { style: plainStyle, ascii: false };

/** So many steps; those in the middle are under way or blocked, those before are done. */
function steps(count: number, { begun }: { begun: number }): readonly Step[] {
  return Array.from({ length: count }, (_, index): Step => {
    const title = `Step ${index + 1}`;
    if (index < begun) {
      const context = { findings: [`Found ${index + 1}`] };
      return { title, status: 'completed', minutes: 1, outcome: 'Done', context };
    }
    return index === begun ? { title, status: 'in_progress' } : { title };
  });
}

function render(root: Step, view: 'plan' | 'compact' | 'detailed' | 'summary') {
  return renderChecklist(checklistOf(root), view, layout).split('\n');
}

function titles(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => /Step \d+/.exec(line)?.[0] ?? []);
}

test('a plan of 200 steps, the most that one may have, is shown whole in each view', () => {
  const root = { status: 'in_progress', steps: steps(200, { begun: 120 }) } as const;
  for (const view of ['plan', 'compact', 'detailed'] as const) {
    expect(new Set(titles(render(root, view))).size).toBe(200);
  }
});

test('of many results the latest are told, and how many are not', () => {
  const lines = render({ steps: steps(200, { begun: 120 }) }, 'compact');
  expect(lines.filter((line) => line.startsWith('  - '))).toHaveLength(60);
  expect(lines[lines.indexOf('- [✓] Step 120 (completed - 1 min)') + 2]).toBe(
    '  - Found: Found 120',
  );
  expect(lines.at(-1)).toBe('Results of 90 more: docket checklist web-k3f9 --detailed');
});

test('steps without results are none of those whose results are left out', () => {
  const silent: Step[] = Array.from({ length: 50 }, () => ({ title: 'x', status: 'completed' }));
  const lines = render({ steps: [...silent, ...steps(40, { begun: 40 })] }, 'compact');
  expect(lines.at(-1)).toBe('Results of 10 more: docket checklist web-k3f9 --detailed');
});

test('beyond 200 what is done longest is left out, counted where it stood', () => {
  const lines = render({ steps: steps(350, { begun: 340 }) }, 'compact');
  expect(lines[1]).toBe('- +150 more');
  expect(titles(lines)[0]).toBe('Step 151');
  expect(titles(lines).at(-1)).toBe('Step 350');
  expect(lines).toContain('- [→] Step 341 (in progress)');
  expect(lines).toContain('All 350: docket checklist web-k3f9 --json');
});

test('what is left out of a nested list is counted with what is below it', () => {
  const done: Step = { title: 'Old', status: 'completed', steps: steps(99, { begun: 99 }) };
  const open: Step = { title: 'New', steps: steps(150, { begun: 0 }) };
  const lines = render({ status: 'in_progress', steps: [done, open, done] }, 'compact');
  const items = lines.filter((line) => /^ *- \[/.test(line)).length;
  const left = lines.flatMap((line) => /^ *- \+(\d+) more$/.exec(line)?.[1] ?? []);
  expect(items).toBe(200);
  expect(items + left.reduce((sum, part) => sum + Number(part), 0)).toBe(99 + 150 + 99 + 3);
});

test('a section of more than 200 steps says how many it leaves out, and the numbers go on', () => {
  const root = { status: 'in_progress', steps: steps(250, { begun: 230 }) } as const;
  const lines = render(root, 'detailed');
  expect(lines).toContain('+30 more: docket checklist web-k3f9 --json');
  expect(lines).toContain('231. **Step 231**');
});

test('a summary counts the files, passages and cancelled steps that it leaves out', () => {
  const steps = Array.from(
    { length: 40 },
    (_, index): Step => ({
      title: `Step ${index + 1}`,
      status: index < 25 ? 'cancelled' : 'completed',
      context: {
        files_created: [`file-${index + 1}.ts`],
        tests: [`Test ${index + 1}`],
        [`fact_${String.fromCharCode(97 + (index % 26))}`]: 'x',
      },
      type: 'deployment',
    }),
  );
  const text = render({ status: 'completed', steps }, 'summary').join('\n');
  expect(text).toMatch(/Files created: file-1\.ts, .*file-20\.ts, \+20 more\n/);
  expect(text).toMatch(/> - Test 37\n\n\+3 more\n/);
  expect(text).toMatch(/\[-\] Step 20\n- \+5 more$/);
  expect(text).toMatch(/- Fact [a-z]: x\n- \+5 more\n/);
});
