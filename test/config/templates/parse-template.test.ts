import { expect, test } from 'vitest';
import { parseFrontMatter } from '../../../lib/config/templates/front-matter.ts';
import { parseTemplate } from '../../../lib/config/templates/parse-template.ts';

const file = '.claude/docket/plans/check.md';

function parse(...lines: readonly string[]) {
  return parseTemplate({ file, text: lines.join('\n') }, parseFrontMatter);
}

const steps = ['# Check {{host}}', '- [ ] Restore {{depth}}'];

test('a template is front matter in YAML, and a checklist as docket plan reads one', () => {
  const { description, parameters, fields, checklist } = parse(
    ...['---', 'description: See whether backups can be restored', 'parameters:'],
    ...['  host: { description: the machine }', '  depth: { default: 007, values: [007, 1.0] }'],
    ...[
      '  why: { required: false }',
      '  bare:',
      'priority: 1',
      "client: '{{host}}'",
      '---',
      ...steps,
    ],
  );
  expect(description).toBe('See whether backups can be restored');
  expect(parameters).toEqual([
    { name: 'host', description: 'the machine', default: null, values: [] },
    { name: 'depth', description: '', default: '007', values: ['007', '1.0'] },
    { name: 'why', description: '', default: '', values: [] },
    { name: 'bare', description: '', default: null, values: [] },
  ]);
  expect(fields).toEqual({ priority: 1, client: '{{host}}' });
  expect(checklist.subtasks).toEqual([{ title: 'Restore {{depth}}' }]);
});

test('a template needs no front matter, and takes the ends of lines of any system', () => {
  expect(parse('# Check', '- [ ] one')).toMatchObject({ description: 'Check', parameters: [] });
  const text = '\uFEFF---\r\npriority: 0\r\n---\r\n# Check\r\n- [ ] one\r\n';
  expect(parseTemplate({ file, text }, parseFrontMatter)).toMatchObject({
    fields: { priority: 0 },
    checklist: { title: 'Check', subtasks: [{ title: 'one' }] },
  });
});

test.each<[string, readonly string[], string]>([
  [
    'without an end of its front matter',
    ['---', 'priority: 1', '# T'],
    'line 1: the front matter has no end: a line "---"',
  ],
  ['with broken YAML', ['---', 'priority: 1', 'client: [', '---', '# T'], 'line 3: Flow sequence'],
  [
    'with a field twice',
    ['---', 'client: a', 'client: b', '---', '# T'],
    'line 3: Map keys must be unique',
  ],
  [
    'with an unknown field',
    ['---', 'titel: a', '---', '# T'],
    'line 2: there is no field titel; did you mean title?',
  ],
  [
    'with a type by another name',
    ['---', 'type: review', '---', '# T'],
    'line 2: there is no field type; did you mean task_type?',
  ],
  [
    'with a title above',
    ['---', 'title: a', '---', '# T'],
    'line 2: title stands below the front matter, as "# Title"',
  ],
  [
    'with steps above',
    ['---', 'subtasks: [a]', '---', '# T'],
    'line 2: subtasks stands below the front matter, as "- [ ] item"',
  ],
  [
    'with a place that is no text',
    ['---', 'client: {{a}}', '---', '# T'],
    "line 2: a value that begins with {{ stands in quotes: '{{name}}'",
  ],
  [
    'with a list for parameters',
    ['---', 'parameters: [a]', '---', '# T'],
    'line 2: parameters must be an object',
  ],
  [
    'with an unknown field of a parameter',
    ['---', 'parameters:', '  a:', '    defualt: x', '---', '# T'],
    'line 4: parameters a has an unknown field: defualt',
  ],
  [
    'with a default that is required',
    ['---', 'parameters:', '  a: { required: true, default: x }', '---', '# T', '- [ ] b'],
    'line 3: a is required, so it has no default',
  ],
  [
    'with a default of none of its values',
    ['---', 'parameters:', '  a: { default: x, values: [y] }', '---', '# T', '- [ ] b'],
    'line 3: the default of a is not one of its values',
  ],
  [
    'with a default of two lines',
    ['---', 'parameters:', '  a: { default: "x\\ny" }', '---', '# T', '- [ ] b'],
    'line 3: parameters a default has more than one line, or a control character',
  ],
  ['with text for front matter', ['---', 'hello', '---', '# T'], 'line 2: must be an object'],
  ['without a title', ['---', 'priority: 1', '---', '- [ ] a'], 'no "# Title" line'],
  [
    'with a step that is done',
    ['---', 'priority: 1', '---', '# T', '- [x] a'],
    'line 5: the item is done already: leave it out',
  ],
])('a template %s is refused with file, line and reason', (_, lines, reason) => {
  expect(() => parse(...lines)).toThrow(`${file}: ${reason}`);
});

test('all places that no parameter gives are told at once, with their lines', () => {
  expect(() =>
    parse('---', 'parameters: { host: }', '---', '# T {{hots}}', '- [ ] {{host}}', '  {{ Dept }}'),
  ).toThrow(
    expect.objectContaining({
      message: `${file}: line 4: {{hots}}, line 6: {{Dept}} are no parameters`,
      hint: 'Did you mean {{host}}?',
    }),
  );
});

test.each([
  ['aliases that multiply', ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]']],
  ['nesting without an end', ['['.repeat(30_000)]],
  ['a tag of its own', ['client: !!js/function x']],
])('front matter with %s is refused, and nothing hangs', (_, lines) => {
  expect(() => parse('---', ...lines, '---', '# T', '- [ ] a')).toThrow(`${file}: line `);
});
