import { describe, expect, test } from 'vitest';
import { parsePlan, parseSubtasks } from '../../../lib/model/plan/plan.ts';

function lines(...text: readonly string[]): string {
  return text.join('\n');
}

describe('Markdown', () => {
  test('a title, items, and what is said of each', () => {
    expect(
      parsePlan(
        lines(
          '# Add dark mode',
          'For the night.',
          '',
          'And for batteries.',
          '- [ ] Design  the palette ',
          '  in two steps',
          '- [ ] Build',
          '* [ ] Test',
          '3. [ ] Ship',
        ),
      ),
    ).toEqual({
      title: 'Add dark mode',
      description: 'For the night.\nAnd for batteries.',
      subtasks: [
        { title: 'Design  the palette', description: 'in two steps' },
        { title: 'Build' },
        { title: 'Test' },
        { title: 'Ship' },
      ],
    });
  });

  test('a title that any plan could have gives way to what the steps are announced for', () => {
    const announced = lines(
      '## Implementation Plan',
      "I'll set up NAS monitoring in these steps:",
      '- [ ] Research the sync',
      '- [ ] Build it',
    );
    expect(parsePlan(announced)).toEqual({
      title: 'Set up NAS monitoring',
      subtasks: [{ title: 'Research the sync' }, { title: 'Build it' }],
    });
    expect(parsePlan(announced.replace("I'll", 'We will')).title).toBe('Set up NAS monitoring');
    expect(parsePlan('# Plan\nFor the night.\n- [ ] Build')).toMatchObject({
      title: 'Plan',
      description: 'For the night.',
    });
    expect(parsePlan(announced.replace('Implementation Plan', 'NAS')).title).toBe('NAS');
  });

  test('bullets are items where no bullet has a box, and descriptions where some have', () => {
    expect(parsePlan('# T\n- one\n+ two\n1) three\n').subtasks).toEqual([
      { title: 'one' },
      { title: 'two' },
      { title: 'three' },
    ]);
    expect(parsePlan('# T\n- [ ] one\n  - with care\n  - twice\n- [ ] two').subtasks).toEqual([
      { title: 'one', description: '- with care\n- twice' },
      { title: 'two' },
    ]);
  });

  test('an item that stands further in belongs to the one before it', () => {
    const text = lines(
      '# T',
      '- [ ] one (analysis)',
      '  - [ ] one a',
      '    with care',
      '    1. [ ] one a i (review)',
      '  - [ ] one b',
      '- [ ] two',
      '\t- [ ] two a',
      '      - [ ] two a i',
      ' - [ ] three, hardly further in',
    );
    expect(parsePlan(text).subtasks).toEqual([
      {
        title: 'one',
        task_type: 'analysis',
        subtasks: [
          {
            title: 'one a',
            description: 'with care',
            subtasks: [{ title: 'one a i', task_type: 'review' }],
          },
          { title: 'one b' },
        ],
      },
      { title: 'two', subtasks: [{ title: 'two a', subtasks: [{ title: 'two a i' }] }] },
      { title: 'three, hardly further in' },
    ]);
  });

  test('an item says in brackets what it needs and whom it is meant for', () => {
    const text = lines(
      '# T',
      '- [ ] Draw it (analysis; agent: Explore Agent)',
      '- [ ] Write it',
      '- [ ] Check both (Review; needs 1, 2)',
      '## Ship it (needs 3)',
      '- [ ] to staging (agent: ops)',
    );
    expect(parsePlan(text).subtasks).toEqual([
      { title: 'Draw it', task_type: 'analysis', assigned_agent: 'Explore Agent' },
      { title: 'Write it' },
      { title: 'Check both', task_type: 'review', needs: [1, 2] },
      { title: 'Ship it', needs: [3], subtasks: [{ title: 'to staging', assigned_agent: 'ops' }] },
    ]);
  });

  test.each([
    ...[
      'Pay (by Friday)',
      'Call a() twice (review())',
      'Ask (needs a key)',
      'Do it (review; soon)',
    ],
    ...['Twice (review; testing)', '(review)', 'Mend (needs 1;)', 'Free (agent:)'],
  ])('brackets that say anything else belong to the title: %s', (title) => {
    expect(parsePlan(`# T\n- [ ] ${title}`).subtasks).toEqual([{ title }]);
  });

  test('headings below the title are phases, nested and in their order', () => {
    const text = lines(
      ...['# T', 'Why', '- [ ] before', '## Design (analysis)', 'How it looks', '- [ ] draw'],
      ...['  - [ ] in colour', '### Words', '- [ ] names', '## Build', '- [ ] code'],
    );
    expect(parsePlan(text)).toEqual({
      title: 'T',
      description: 'Why',
      subtasks: [
        { title: 'before' },
        {
          title: 'Design',
          task_type: 'analysis',
          description: 'How it looks',
          subtasks: [
            { title: 'draw', subtasks: [{ title: 'in colour' }] },
            { title: 'Words', subtasks: [{ title: 'names' }] },
          ],
        },
        { title: 'Build', subtasks: [{ title: 'code' }] },
      ],
    });
  });

  test('headings of one level are phases where subtasks are added', () => {
    const phases = { subtasks: [{ title: 'A', subtasks: [{ title: 'one' }] }] };
    expect(parseSubtasks('## A\n- [ ] one\n## B\n- [ ] two').subtasks).toEqual([
      ...phases.subtasks,
      { title: 'B', subtasks: [{ title: 'two' }] },
    ]);
    expect(parseSubtasks('# T\n## A\n- [ ] one')).toEqual(phases);
  });

  test('an indent that goes back by halves ends at the item it stands under', () => {
    const { subtasks } = parsePlan('# T\n- [ ] one\n        - [ ] far\n    - [ ] less far');
    expect(subtasks).toEqual([
      { title: 'one', subtasks: [{ title: 'far' }, { title: 'less far' }] },
    ]);
  });

  test('a checklist that stands further in as a whole has no outer item', () => {
    expect(parsePlan('# T\n    - [ ] one\n    - [ ] two').subtasks).toEqual([
      { title: 'one' },
      { title: 'two' },
    ]);
  });

  test.for([
    ['# Learn C#', 'Learn C#'],
    ['# Closed #', 'Closed'],
    ['### Closed ###  ', 'Closed'],
    ['#  Spaces   ', 'Spaces'],
    ['# #hashtag', '#hashtag'],
    ['\ufeff# With a byte order mark', 'With a byte order mark'],
    ['Intro\n# After an introduction', 'After an introduction'],
  ] as const)('the title of %j', ([head, title]) => {
    expect(parsePlan(`${head}\n- [ ] one`).title).toBe(title);
  });

  test('in a code fence nothing is a heading or an item, and its indent stays', () => {
    const text = lines('# T', '- [ ] one', '```sh', '# comment', '  - [ ] not one', '', '```');
    expect(parsePlan(text).subtasks).toEqual([
      { title: 'one', description: '```sh\n# comment\n  - [ ] not one\n\n```' },
    ]);
  });

  test('a rule is no item', () => {
    const text = lines('# T', '- - -', '- [ ] one', '***', '* * *', '___');
    expect(parsePlan(text).subtasks).toEqual([{ title: 'one' }]);
  });

  test('Windows line ends are line ends', () => {
    expect(parsePlan('# T\r\ntext\r\n- [ ] one\r\n')).toEqual({
      title: 'T',
      description: 'text',
      subtasks: [{ title: 'one' }],
    });
  });
});

test('an item of a checklist may end with the type of its work', () => {
  const { subtasks } = parsePlan(
    '# Auth\n- [ ] Build it\n- [ ] Review it (review)\n- [ ] Look (Research)\n- [ ] Mend (soon)\n- [ ] (testing)',
  );
  expect(subtasks).toEqual([
    { title: 'Build it' },
    { title: 'Review it', task_type: 'review' },
    { title: 'Look', task_type: 'research' },
    { title: 'Mend (soon)' },
    { title: '(testing)' },
  ]);
});
