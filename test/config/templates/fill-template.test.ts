import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseValues, fillTemplate } from '../../../lib/config/templates/fill-template.ts';
import { parseFrontMatter } from '../../../lib/config/templates/front-matter.ts';
import { parseTemplate } from '../../../lib/config/templates/parse-template.ts';

const file = '.claude/docket/plans/check.md';
const text = `---
parameters:
  host: { description: the machine }
  depth: { default: one file, values: [one file, everything] }
labels: ['{{host}}']
client: 'Owner of {{host}}'
---
# Check {{host}}
About {{host}}.
- [ ] Restore {{depth}} (testing; agent: {{host}} Agent)
  of {{ host }}, not of \\{{host}} or {{.Host}}
- [ ] Report (needs 1)
`;
const template = parseTemplate({ file, text }, parseFrontMatter);

function fill(given: Readonly<Record<string, string>>) {
  return fillTemplate(template, chooseValues('check', template, given));
}

test('values stand in all text of the plan, and a backslash keeps a place as it is', () => {
  expect(fill({ host: 'nas-1' })).toEqual({
    title: 'Check nas-1',
    description: 'About nas-1.',
    labels: ['nas-1'],
    client: 'Owner of nas-1',
    subtasks: [
      {
        title: 'Restore one file',
        task_type: 'testing',
        assigned_agent: 'nas-1 Agent',
        description: 'of nas-1, not of {{host}} or {{.Host}}',
      },
      { title: 'Report', needs: [1] },
    ],
  });
});

test('everything that is wrong with values is told at once, with a line that is right', () => {
  const given = { depth: 'all', size: '1', constructor: 'x' };
  expect(() => fill(given)).toThrow(
    expect.objectContaining({
      code: 'invalid_input',
      message: `${file}: host is missing (the machine); depth must be one of one file, everything; there is no parameter size; there is no parameter constructor`,
      hint: 'docket plan --template check --set host=VALUE',
    }),
  );
});

test.each(['a\nb', 'a\rb', 'a\u0000b', 'a\u001b[31mb', 'a\u2028b', 'a\u0085b'])(
  'a value of more than one line, or with a control character, is refused: %j',
  (host) => {
    expect(() => fill({ host })).toThrow('host has more than one line, or a control character');
  },
);

test('a value that is too long is refused', () => {
  expect(() => fill({ host: 'x'.repeat(1_001) })).toThrow('host has more than 1000 characters');
});

test('a value is text wherever it stands: it adds no step, type, need, agent, field or place', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.constantFrom('- [ ] x', '# x', '(review; needs 2)', '{{depth}}', '$&', '---', "': x", '[x]'),
  );
  fc.assert(
    fc.property(nasty, (value) => {
      fc.pre(/^[^\p{Cc}\u2028\u2029,]*$/u.test(value) && /[a-z]/.test(value));
      const host = `x${value}x`;
      const { title, client, subtasks } = fill({ host });
      expect([title, client]).toEqual([`Check ${host}`, `Owner of ${host}`]);
      expect(subtasks.map((step) => [step.title, step.task_type, step.needs])).toEqual([
        ['Restore one file', 'testing', undefined],
        ['Report', undefined, [1]],
      ]);
    }),
  );
});

test('a field of the plan that does not hold with its values is told with its line', () => {
  const bad = parseTemplate(
    { file, text: '---\nparameters: { when: }\npriority: 2\ndue: "{{when}}"\n---\n# T\n- [ ] a\n' },
    parseFrontMatter,
  );
  const values = chooseValues('check', bad, { when: 'never' });
  expect(() => fillTemplate(bad, values)).toThrow(`${file}: line 4: due "never" is no time`);
});
