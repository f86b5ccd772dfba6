import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ImportAnswer } from '../../../../lib/model/answers/moving.ts';
import { TaskList } from '../../../../lib/model/answers/task.ts';
import { type CliHarness, openCliHarness } from '../../cli-harness.ts';

/** Writes files below the project, and gives the path of one of them, or of the folder. */
function write(harness: CliHarness, files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) {
    const path = join(harness.home, 'from', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(harness.home, 'from');
}

/** Imports a file and gives the answer with every task by its title. */
async function imported(format: string, files: Readonly<Record<string, string>>, name = '') {
  const harness = openCliHarness();
  const path = join(write(harness, files), name);
  const given = [path, '--format', format] as const;
  const dry = await harness.json(ImportAnswer, 'import', ...given, '--dry-run');
  expect((await harness.text('list', '--all')).toLowerCase()).toContain('no task');
  const answer = await harness.json(ImportAnswer, 'import', ...given);
  expect({ ...dry, dryRun: false }).toMatchObject({ ...answer, remarks: expect.anything() });
  const again = await harness.json(ImportAnswer, 'import', ...given);
  expect(again).toMatchObject({ added: 0 });
  const { tasks } = await harness.json(TaskList, 'list', '--all', '--limit', '1000');
  const details = await Promise.all(tasks.map(({ key }) => harness.show(key)));
  const byTitle = new Map(details.map((detail) => [detail.task.title, detail]));
  const titleOf = (key: string) => details.find(({ task }) => task.key === key)?.task.title;
  return {
    harness,
    answer,
    of: (title: string) => byTitle.get(title) ?? expect.unreachable(title),
    needs: (title: string) => byTitle.get(title)?.task.needs.map(titleOf),
    parent: (title: string) => titleOf(byTitle.get(title)?.task.parent ?? ''),
    titles: [...byTitle.keys()],
  };
}

const bd = [
  { _schema: 'beads-jsonl/1' },
  {
    _type: 'issue',
    id: 'code-1',
    title: 'Epic',
    issue_type: 'epic',
    status: 'open',
    priority: 1,
    created_at: '2026-04-15T17:11:26Z',
    updated_at: '2026-04-15T18:00:00Z',
  },
  {
    id: 'code-1.1',
    title: 'Fix the service',
    description: 'How',
    design: 'Draw',
    status: 'closed',
    priority: 0,
    issue_type: 'bug',
    created_at: '2026-04-15T17:11:26Z',
    updated_at: '2026-04-15T18:00:00Z',
    closed_at: '2026-04-15T18:00:00Z',
    close_reason: 'done',
    metadata: '{"k":1}',
    labels: ['Infra', 'a,b'],
    dependencies: [{ issue_id: 'code-1.1', depends_on_id: 'code-1', type: 'parent-child' }],
    comments: [{ id: 7, author: 'bob', text: 'hi', created_at: '2026-04-15T17:30:00Z' }],
  },
  {
    id: 'code-1.2',
    title: 'Watch it',
    status: 'in_progress',
    created_at: '2026-04-16T17:11:26Z',
    dependencies: [
      { issue_id: 'code-1.2', depends_on_id: 'code-1', type: 'parent-child' },
      { issue_id: 'code-1.2', depends_on_id: 'code-2', type: 'blocks' },
      { issue_id: 'code-1.2', depends_on_id: 'gone-1', type: 'blocks' },
      { issue_id: 'code-1.2', depends_on_id: 'code-1.1', type: 'caused-by' },
    ],
  },
  { id: 'code-2', title: 'Later', status: 'deferred', priority: 4, wisp: false },
  {
    id: 'code-3',
    title: 'Circle',
    dependencies: [{ issue_id: 'code-3', depends_on_id: 'code-4', type: 'blocks' }],
  },
  {
    id: 'code-4',
    title: 'Circle back',
    dependencies: [{ issue_id: 'code-4', depends_on_id: 'code-3' }],
  },
  { id: 'code-5', title: 'Gone', status: 'tombstone' },
  { _type: 'memory', key: 'k', value: 'v' },
];

test('bd: parents, needs, words, times and comments arrive, and every field is kept', async () => {
  const text = bd.map((line) => JSON.stringify(line)).join('\n');
  const { answer, of, needs, parent } = await imported(
    'bd',
    { 'issues.jsonl': text },
    'issues.jsonl',
  );
  expect(answer).toMatchObject({ added: 6, links: 2, notes: 1 });
  expect(of('Fix the service')).toMatchObject({
    task: {
      status: 'completed',
      type: 'bugfix',
      priority: 0,
      outcome: 'done',
      createdAt: '2026-04-15T17:11:26.000Z',
      completedAt: '2026-04-15T18:00:00.000Z',
      context: {
        imported: {
          from: 'bd',
          id: 'code-1.1',
          design: 'Draw',
          metadata: '{"k":1}',
          labels: ['Infra', 'a,b'],
        },
      },
    },
    notes: [{ text: 'hi', actor: 'bob', createdAt: '2026-04-15T17:30:00.000Z' }],
  });
  expect(parent('Fix the service')).toBe('Epic');
  expect(needs('Watch it')).toEqual(['Later']);
  expect(of('Watch it').task).toMatchObject({
    status: 'pending',
    priority: 1,
    context: { imported: { status: 'in_progress', unlinked: [expect.stringContaining('gone-1')] } },
  });
  expect(of('Later').task).toMatchObject({ status: 'blocked', priority: 4 });
  expect(answer).toHaveProperty('remarks', [
    '1 deleted issues were left out',
    '1 lines are no issues: memories, or no title',
    'code-1.2 is linked to gone-1, which is not there (blocks)',
    'code-4 needs code-3, which waits for it: a circle',
    '1 were in progress there: here nobody has claimed them yet',
  ]);
});

test('task-master: tags, ids of any kind, subtasks of subtasks', async () => {
  const tasks = {
    master: {
      tasks: [
        { id: 1, title: 'One', status: 'done', priority: 'high', details: 'D', testStrategy: 'T' },
        {
          id: '2',
          title: 'Two',
          status: 'pending',
          dependencies: [1],
          complexity: 7,
          subtasks: [
            { id: 1, title: 'Two one', dependencies: [] },
            {
              id: 2,
              title: 'Two two',
              dependencies: [1, '1'],
              subtasks: [{ id: 1, title: 'Deep' }],
            },
          ],
        },
      ],
    },
  };
  const old = { tasks: [{ id: 'a-slug', title: 'Slug', priority: 'P0', status: 'cancelled' }] };
  const { answer, of, needs, parent } = await imported(
    'task-master',
    { 'tasks.json': JSON.stringify(tasks) },
    'tasks.json',
  );
  expect(answer).toMatchObject({ added: 5, links: 2, remarks: [] });
  expect(of('One').task).toMatchObject({ priority: 1, description: 'D\n\nTest strategy: T' });
  expect(needs('Two')).toEqual(['One']);
  expect(needs('Two two')).toEqual(['Two one']);
  expect(parent('Deep')).toBe('Two two');
  expect(of('Two').task.context).toMatchObject({ imported: { complexity: 7 } });
  const older = await imported('task-master', { 't.json': JSON.stringify(old) }, 't.json');
  expect(older.of('Slug').task).toMatchObject({ priority: 0, status: 'cancelled' });
});

test('Backlog.md: front matter in any spelling, a readme is no task', async () => {
  const { answer, of, needs, parent } = await imported('backlog', {
    'tasks/back-1 - One.md':
      "---\nid: BACK-1\ntitle: 'One: it'\nstatus: In Progress\nassignee: ['@bob']\nlabels: [ops]\ncreated_date: '2026-04-15 10:00'\npriority: high\n---\n\n## Description\n<!-- SECTION:DESCRIPTION:BEGIN -->\nWhat\n<!-- SECTION:DESCRIPTION:END -->\n",
    'tasks/back-1.2.md':
      '---\nid: BACK-1.2\ntitle: Part\nstatus: Done\nparent_task_id: back-1\n---\n',
    'tasks/task-17.md':
      '---\nid: task-17\ntitle: Next\nstatus: To Do\ncreated_date: 2026-04-15\ndependencies:\n  - BACK-1\n---\nText\n',
    'archive/tasks/draft-9.md': '---\nid: DRAFT-9\ntitle: Draft\nstatus: Draft\n---\n',
    'readme.md': '# About\n',
  });
  expect(answer).toMatchObject({ added: 4, links: 1 });
  expect(of('One: it').task).toMatchObject({
    priority: 1,
    labels: ['ops'],
    description: '## Description\nWhat',
    context: { imported: { assignee: ['@bob'], id: 'back-1' } },
  });
  expect(parent('Part')).toBe('One: it');
  expect(needs('Next')).toEqual(['One: it']);
  expect(of('Next').task.createdAt).toBe('2026-04-15T00:00:00.000Z');
  expect(of('Draft').task.status).toBe('cancelled');
});

test('Claude Code: the files of its lists, and what is none is told', async () => {
  const task = (id: string, more: object) =>
    JSON.stringify({ id, subject: `Task ${id}`, description: 'D', status: 'pending', ...more });
  const { answer, of, needs } = await imported('claude', {
    'one/1.json': task('1', { blocks: ['2'], activeForm: 'Doing' }),
    'one/2.json': task('2', { blockedBy: ['1'], status: 'in_progress' }),
    'one/3.json': task('3', { status: 'done' }),
    'one/4.json': '{',
    'one/.lock': '',
    'two/1.json': task('1', { subject: 'Other', blockedBy: ['9'] }),
  });
  expect(answer).toMatchObject({ added: 4, links: 1 });
  expect(needs('Task 2')).toEqual(['Task 1']);
  expect(of('Task 3').task.status).toBe('completed');
  expect(of('Task 1').task.context).toMatchObject({ imported: { activeForm: 'Doing' } });
  expect(JSON.stringify(answer)).toContain('one/4.json was left out');
  expect(JSON.stringify(answer)).toContain('two/1 is linked to two/9, which is not there');
});

test('GitHub: what gh prints and what its API gives', async () => {
  const issues = [
    {
      number: 1,
      title: 'Bug',
      body: 'It\r\nbreaks',
      state: 'OPEN',
      labels: [{ name: 'bug' }, { name: 'priority: high' }],
      createdAt: '2026-04-15T17:11:26Z',
      url: 'https://example.com/1',
      subIssues: { nodes: [{ number: 2 }] },
      assignees: [{ login: 'bob' }],
    },
    { number: 2, title: 'Sub', state: 'CLOSED', stateReason: 'NOT_PLANNED', labels: [] },
    {
      number: 3,
      title: 'Rest',
      state: 'closed',
      closed_at: '2026-04-16T17:11:26Z',
      labels: ['docs'],
    },
    { number: 4, title: 'Waits', state: 'open', blockedBy: { nodes: [{ number: 1 }] } },
    { number: 5, title: 'Pull', state: 'open', pull_request: {} },
  ];
  const { answer, of, needs, parent } = await imported(
    'github',
    { 'issues.json': JSON.stringify(issues) },
    'issues.json',
  );
  expect(answer).toMatchObject({ added: 4, links: 1, remarks: ['1 pull requests were left out'] });
  expect(of('Bug').task).toMatchObject({
    type: 'bugfix',
    priority: 1,
    context: { imported: { url: 'https://example.com/1' } },
  });
  expect(parent('Sub')).toBe('Bug');
  expect(of('Sub').task.status).toBe('cancelled');
  expect(of('Rest').task).toMatchObject({ type: 'documentation', status: 'completed' });
  expect(needs('Waits')).toEqual(['Bug']);
});

test('Markdown: boxes below boxes, below headings, with what is said of them', async () => {
  const text =
    '# Plan\n\nWords.\n\n- [ ] One\n  more of one\n  - [x] Part\n  - [ ] Part\n- plain\n## Next\n* [X] Two\n';
  const { answer, of, titles } = await imported('markdown', { 'TODO.md': text }, 'TODO.md');
  expect(answer).toMatchObject({ added: 4 });
  expect(titles).toEqual(expect.arrayContaining(['One', 'Part', 'Two']));
  expect(of('One').task.description).toContain('more of one');
  expect(of('Two').task).toMatchObject({ status: 'completed', labels: ['next'] });
});

test('todo.txt: days, letters, pairs, the same line twice', async () => {
  const text =
    '(A) 2026-04-01 Call +web @phone due:2026-12-01 id:7\nx 2026-04-03 2026-04-01 Done pri:B\nx (C) Odd\nPart p:7 see https://example.com\nTwice\nTwice\n';
  const { answer, of, parent } = await imported('todo-txt', { 'todo.txt': text }, 'todo.txt');
  expect(answer).toMatchObject({ added: 6 });
  expect(of('Call +web @phone').task).toMatchObject({
    priority: 0,
    labels: ['web', 'phone'],
    createdAt: '2026-04-01T00:00:00.000Z',
    due: expect.stringContaining('2026-12-01'),
  });
  expect(of('Done').task).toMatchObject({
    status: 'completed',
    priority: 1,
    completedAt: '2026-04-03T00:00:00.000Z',
  });
  expect(parent('Part see https://example.com'.replace('p:7 ', ''))).toBe('Call +web @phone');
});

test('CSV: quotes, lines in cells, a column that comes twice', async () => {
  const text =
    'Issue key,Summary,Status,Labels,Labels,Description,Depends on,Story\r\nW-1,"A ""b"", c",Done,x,y,"one\ntwo",,3\r\nW-2,\'=SUM(A1),In Progress,,,,W-1,\r\n';
  const { answer, of, needs } = await imported('csv', { 'a.csv': text }, 'a.csv');
  expect(answer).toMatchObject({ added: 2, links: 1 });
  expect(of('A "b", c').task).toMatchObject({
    description: 'one\ntwo',
    labels: ['x', 'y'],
    status: 'completed',
    context: { imported: { Story: '3' } },
  });
  expect(needs('=SUM(A1)')).toEqual(['A "b", c']);
});

test('text that is too long, too strange or hostile is kept as data, in parts', async () => {
  const long = `${'x'.repeat(600)}`;
  const issue = {
    id: 'a',
    title: `${long}\nFORGED \u001b[31m`,
    description: 'y'.repeat(70_000),
    status: 'closed',
    close_reason: 'z\0',
  };
  const { harness, answer } = await imported('bd', { 'i.jsonl': JSON.stringify(issue) }, 'i.jsonl');
  expect(answer).toMatchObject({ added: 1, notes: 1 });
  const text = await harness.text('list', '--all');
  expect(text).not.toContain('\u001b');
  expect(text).not.toMatch(/^FORGED/m);
});

test('a file of another format, a broken one and one that is too large say so and do nothing', async () => {
  const harness = openCliHarness();
  const folder = write(harness, {
    'a.txt': 'hello\n',
    'b.json': '{"a":1}',
    'c.csv': 'a,b\n1,"2\n',
  });
  const error = (name: string, format: string) =>
    harness.error('import', join(folder, name), '--format', format);
  expect((await error('a.txt', 'bd')).message).toContain('line 1 is no JSON');
  expect((await error('a.txt', 'markdown')).message).toContain('has no tasks (markdown)');
  expect((await error('b.json', 'task-master')).message).toContain('has no tasks');
  expect((await error('b.json', 'github')).message).toContain('without a number');
  expect((await error('c.csv', 'csv')).message).toContain('row 2 has a quote that does not end');
  expect((await error('none', 'bd')).message).toContain('no such file');
  expect((await error('none', 'claude')).message).toContain('no such file');
  const large = join(folder, 'large');
  writeFileSync(large, '');
  const { truncateSync } = await import('node:fs');
  truncateSync(large, 2 ** 31);
  expect((await error('large', 'bd')).message).toContain('is longer than 67108864 bytes');
});

test('a server of bd that is away is told with what to see to there', async () => {
  const error = await openCliHarness().error(
    ...['import', 'mysql://root@127.0.0.1:1/beads', '--format', 'bd'],
  );
  expect(error).toMatchObject({ code: 'unreachable', exitCode: 69 });
  expect(error.hint).toContain("See that bd's server runs there");
});
