import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChecklistItem } from '../../../lib/model/answers/checklist.ts';
import type { Checklist } from '../../../lib/model/checklist/build.ts';
import { leavesOf } from '../../../lib/model/checklist/build.ts';
import { countItems } from '../../../lib/render/checklist/layout.ts';
import { renderPlan } from '../../../lib/render/checklist/plan.ts';
import { renderChecklist } from '../../../lib/render/checklist/render.ts';
import { plainStyle } from '../../../lib/render/text/style.ts';
import { nastyText } from '../nasty-text.ts';
import { claim } from '../task-view.ts';
import { checklistOf, type Step } from './tree.ts';

const minutes = fc.option(fc.nat(500));
const value = fc.oneof(nastyText, fc.array(nastyText, { maxLength: 8 }), fc.object());
const fields = [
  ...['findings', 'issues_found', 'approach', 'files_created', 'files_modified', 'deployed_to'],
  ...['built', 'tests', 'coverage', 'documentation', 'dependencies_added', 'alert_threshold'],
  ...['deployment_steps', 'environment', 'review_status'],
];
const context = fc.dictionary(fc.oneof(fc.constantFrom(...fields), nastyText), value);
const status = fc.constantFrom('pending', 'in_progress', 'blocked', 'completed', 'cancelled');

const step: fc.Arbitrary<Step> = fc
  .record({
    title: nastyText,
    status,
    minutes,
    context,
    type: fc.constantFrom('implementation', 'testing', 'deployment'),
    outcome: fc.option(nastyText),
    blockedReason: fc.option(nastyText),
    blockers: fc.array(nastyText, { maxLength: 6 }),
    assignedAgent: fc.option(nastyText),
    approvedBy: fc.option(nastyText),
    actor: fc.option(nastyText),
  })
  .map(({ actor, ...fields }) => ({
    ...fields,
    claim: actor === null ? null : { ...claim, actor, agent: actor },
  }));

const tree: fc.Arbitrary<Step> = fc
  .tuple(step, fc.array(fc.tuple(step, fc.array(step, { maxLength: 3 })), { maxLength: 4 }))
  .map(([root, below]) => ({
    ...root,
    steps: below.map(([container, steps]) => ({ ...container, steps })),
  }));

function check(body: (checklist: Checklist, ascii: boolean) => void) {
  fc.assert(
    fc.property(tree, fc.boolean(), (root, ascii) => body(checklistOf(root), ascii)),
    { numRuns: 400 },
  );
}

function linesOf(
  checklist: Checklist,
  view: 'plan' | 'compact' | 'detailed' | 'summary',
  ascii: boolean,
) {
  const text = renderChecklist(checklist, view, { style: plainStyle, ascii });
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  expect(text).not.toMatch(/<\/?[a-z]/i);
  return text.split('\n');
}

function flatten(items: readonly ChecklistItem[]): readonly ChecklistItem[] {
  return items.flatMap((item) => [item, ...flatten(item.items)]);
}

const box = /^( *)- (\[.\]) /u;
const statusOf: Readonly<Record<string, string>> = {
  '[ ]': 'pending',
  '[→]': 'in_progress',
  '[>]': 'in_progress',
  '[!]': 'blocked',
  '[✓]': 'completed',
  '[x]': 'completed',
  '[-]': 'cancelled',
};

/** The status that each line with a box tells. */
function told(lines: readonly string[]): readonly (string | undefined)[] {
  return lines.flatMap((line) => {
    const sign = box.exec(line)?.[2];
    return sign === undefined ? [] : [statusOf[sign]];
  });
}

const detail = /^ *- (?:(?:Outcome|Found|Issue found|Approach|Files): .|\+\d+ more$)/u;

test('whatever the fields hold, a compact checklist has its own lines and no others', () => {
  check((checklist, ascii) => {
    const [heading, ...lines] = linesOf(checklist, 'compact', ascii);
    expect(heading).toBe('## Progress');
    const items = flatten(checklist.items);
    expect(told(lines)).toEqual(items.map(({ status }) => status));
    for (const line of lines) {
      const isOurs =
        box.test(line) ||
        detail.test(line) ||
        line === '' ||
        /^(?:All done|Closed, [^.]*)\. .*--summary$/.test(line);
      if (!isOurs) throw new Error(`a line that is nobody's: ${line}`);
    }
  });
});

test('whatever the fields hold, a plan has its own items, with keys or without', () => {
  check((checklist, ascii) => {
    const layout = { style: plainStyle, ascii };
    for (const lines of [
      linesOf(checklist, 'plan', ascii),
      renderPlan(checklist, layout, { withKeys: true }),
    ]) {
      expect(lines[0]).toMatch(/^## Plan: /);
      expect(lines[2]).toMatch(/^\d+ steps?:$/);
      expect(told(lines)).toEqual(flatten(checklist.items).map(({ status }) => status));
      const rest = lines.slice(4 + countItems(checklist.items));
      expect(rest.length).toBeOneOf([0, 2]);
      if (rest.length > 0) expect(rest[1]).toMatch(/^(Starts with|Under way): /);
    }
  });
});

const detailedDetail =
  /^ +- (?:(?:Part of|Outcome|Done by|Found|Issue found|Approach|Deployed to|Step|Environment|Tested|Coverage|Documented|Review|Was blocked by|Dependencies|Files|Assigned to|Started|Waits for|Blocked by|Reason): .|Approved by .|\+\d+ more$)/u;

test('whatever the fields hold, the steps of a detailed checklist are numbered through', () => {
  check((checklist, ascii) => {
    const lines = linesOf(checklist, 'detailed', ascii);
    let steps = 0;
    for (const line of lines.slice(3)) {
      const number = /^(\d+)\. \*\*/.exec(line)?.[1];
      if (number !== undefined) expect(Number(number)).toBe(++steps);
      else if (!(line === '' || /^### [A-Z]/.test(line) || detailedDetail.test(line))) {
        throw new Error(`a line that is nobody's: ${line}`);
      }
    }
    expect(steps).toBe(leavesOf(checklist.items).length);
  });
});

const titles = [
  'Work Summary',
  'What was built',
  'What was fixed',
  'Deployment',
  'Testing',
  'Documentation',
  'Cancelled',
];
const fact =
  /^- (Total time|Tasks completed|Tasks cancelled|Files created|Files modified|Dependencies added|Deployed to|[A-Z][a-z0-9 ]{0,39}): |^- \+\d+ more$/;

test('whatever the fields hold, a summary says each of its own lines once', () => {
  check((checklist, ascii) => {
    const lines = linesOf(checklist, 'summary', ascii);
    const facts: string[] = [];
    const sections: string[] = [];
    for (const line of lines.slice(1)) {
      const name = fact.exec(line)?.[1];
      const title = /^\*\*(.*):\*\*$/.exec(line)?.[1];
      if (name !== undefined) facts.push(name);
      else if (title !== undefined) sections.push(title);
      else if (!/^$|^>|^(Outcome|Reason): |^- \[-\] |^(- )?\+\d+ more$/.test(line)) {
        throw new Error(`a line that is nobody's: ${line}`);
      }
    }
    expect(new Set(facts).size).toBe(facts.length);
    expect(titles.filter((title) => sections.includes(title))).toEqual(sections);
  });
});
