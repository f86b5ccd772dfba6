import { expect, test } from 'vitest';
import { ChecklistAnswer } from '../../../lib/model/answers/checklist.ts';
import { PlanAnswer } from '../../../lib/model/answers/task.ts';
import { openCliHarness } from '../cli-harness.ts';

test('subtasks are shown as a Markdown checklist, with what is below them', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Big');
  const titles = ['Analyze', 'Generate', 'Review', 'Deploy', 'Announce'];
  const keys = [];
  for (const title of titles) keys.push(await harness.create(title, '--parent', key));
  const [analyze = '', generate = '', review = '', deploy = '', announce = ''] = keys;
  await harness.text('close', analyze);
  await harness.text('claim', generate, '--agent', 'Coding Agent');
  const check = await harness.create('Check', '--parent', review);
  await harness.text('claim', check);
  await harness.text('block', deploy, 'no access yet');
  await harness.text('cancel', announce);
  expect(await harness.text('checklist', key)).toBe(
    [
      '## Progress Update: Big',
      '- [✓] Analyze (completed)',
      '- [→] Generate (in progress - Coding Agent)',
      '- [→] Review (in progress)',
      '  - [→] Check (in progress - alice@one)',
      '- [!] Deploy (blocked: no access yet)',
      '- [-] Announce (cancelled)',
    ].join('\n'),
  );
  const data = await harness.json(ChecklistAnswer, 'checklist', key);
  expect(data.task.key).toBe(key);
  expect(data.subtasks.map(({ title }) => title)).toEqual([
    ...['Analyze', 'Generate', 'Review', 'Check', 'Deploy', 'Announce'],
  ]);
});

test('a task without subtasks stands for itself', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Task');
  expect(await harness.text('checklist', key)).toBe('## Progress Update: Task\n- [ ] Task');
});

test('a session tells its user what the progress is of, and a person knows it', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  const key = await harness.create('Task', '--client', 'Acme');
  const { checklist } = await harness.json(ChecklistAnswer, 'checklist', key);
  expect(checklist).toBe('## Progress Update: Task (acme)\n- [ ] Task');
  const person = harness.with({ env: { DOCKET_SESSION: undefined } });
  expect(await person.text('checklist', key)).toBe('## Progress\n- [ ] Task');
});

async function planOne(harness: ReturnType<typeof openCliHarness>): Promise<readonly string[]> {
  const { task, subtasks } = await harness.json(PlanAnswer, 'plan', '# Big\n- [ ] one\n- [ ] two');
  return [task.key, ...subtasks.map(({ key }) => key)];
}

test('before the work it says what starts first, and while it goes on what is how far', async () => {
  const harness = openCliHarness();
  const [key = '', one = ''] = await planOne(harness);
  expect(await harness.text('checklist', key, '--plan')).toMatch(/\nStarts with: one$/);
  await harness.text('claim', one);
  const detailed = await harness.text('checklist', key, '--detailed');
  expect(detailed).toContain('**Overall Status:** In Progress (0 of 2 complete)');
  expect(detailed).toContain('\n   - Started: just now');
  expect(await harness.text('checklist', key, '--ascii')).toContain('- [>] one (in progress');
});

test('when all is done the checklist says where the summary is, which tells what came of it', async () => {
  const harness = openCliHarness();
  const [key = '', one = '', two = ''] = await planOne(harness);
  const context = { files_created: ['one.ts'], test_results: '3 passed' };
  await harness.text('update', one, '--context', JSON.stringify(context));
  await harness.text('close', one, '--outcome', 'One is there');
  await harness.text('cancel', two, '--reason', 'One is enough');
  const text = await harness.text('checklist', key);
  expect(text).toContain('- [-] two (cancelled: One is enough)');
  expect(text).toContain(`docket checklist ${key} --summary`);
  const summary = await harness.text('checklist', key, '--summary');
  expect(summary).toContain('- Tasks completed: 1\n- Tasks cancelled: 1\n- Files created: one.ts');
  expect(summary).toContain('**Testing:**\n> - 3 passed');
});

test('who worked, who approved and how long it took comes from the runs', async () => {
  const harness = openCliHarness();
  const plan = { title: 'Big', subtasks: [{ title: 'Build' }, { title: 'Announce', needs: [1] }] };
  const { task, subtasks } = await harness.json(PlanAnswer, 'plan', JSON.stringify(plan));
  const build = subtasks[0]?.key ?? '';
  await harness.text('claim', build, '--agent', 'Coding Agent');
  const work = { status: 'completed', outcome: 'It is built', files_created: ['a.ts'] };
  await harness.text('report', build, JSON.stringify(work));
  expect(await harness.text('checklist', task.key)).toContain('(in progress - Code Review Agent)');
  await harness.text('report', build, '{"status":"completed","approval":"approved"}');
  const detailed = await harness.text('checklist', task.key, '--detailed');
  expect(detailed).toContain('1. **Build** (under 1 min)\n   - Outcome: It is built');
  expect(detailed).toContain('   - Done by: Coding Agent\n   - Approved by Code Review Agent');
  const { items, summary } = await harness.json(ChecklistAnswer, 'checklist', task.key);
  expect(items[0]).toMatchObject({ agent: 'Coding Agent', approvedBy: 'Code Review Agent' });
  expect(summary.minutes).toBe(items[0]?.minutes);
});

test('JSON carries the structure, not only the text', async () => {
  const harness = openCliHarness();
  const [key = '', one = ''] = await planOne(harness);
  await harness.text('block', one, 'no access');
  const data = await harness.json(ChecklistAnswer, 'checklist', key, '--detailed');
  expect(data).toMatchObject({
    view: 'detailed',
    progress: { completed: 0, blocked: 1, pending: 1 },
    items: [
      { key: one, status: 'blocked', reason: 'no access', items: [] },
      { title: 'two', ready: false },
    ],
    summary: { billable: false, filesCreated: [] },
  });
  expect(data.checklist).toBe(await harness.text('checklist', key, '--detailed'));
});

test('two views at once are refused', async () => {
  const error = await openCliHarness().error('checklist', 'web-k3f9', '--plan', '--summary');
  expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
});

test('a person at a terminal sees a tree with holders, times and what came of steps', async () => {
  const harness = openCliHarness();
  const plan = '# Dark mode\n- [ ] Draw\n- [ ] Build\n  - [ ] Code\n  - [ ] Test\n- [ ] Announce';
  const { task, subtasks } = await harness.json(PlanAnswer, 'plan', plan);
  const [draw = '', , code = ''] = subtasks.map(({ key }) => key);
  await harness.text('close', draw, '--outcome', 'Two palettes');
  await harness.with({ env: { DOCKET_ACTOR: 'bob', DOCKET_SESSION: 'f463' } }).text('claim', code);
  const person = harness.with({ style: { width: 80, colour: false } });
  expect(await person.text('checklist', task.key)).toBe(
    [
      `${task.key}  Dark mode`,
      '1 of 4 complete',
      '[✓] Draw  (just now)',
      '    Two palettes',
      '[→] Build  (0 of 2)',
      '  [→] Code  (bob#f463, now)',
      '  [ ] Test  (needs Code)',
      '[ ] Announce  (needs Build)',
    ].join('\n'),
  );
  const withKeys = await person.text('checklist', task.key, '--keys');
  expect(withKeys).toContain(`  [→] ${code}  Code  (bob#f463, now)`);
  expect(await harness.text('checklist', task.key, '--keys')).toContain(`- [✓] ${draw} Draw (`);
  for (const width of [24, 40, 80]) {
    const narrow = harness.with({ style: { width, colour: false } });
    expect(await narrow.text('checklist', task.key)).toContain('Dark mode');
  }
  const error = await harness.error('checklist', task.key, '--keys', '--summary');
  expect(error).toMatchObject({ code: 'usage', exitCode: 2 });
});

test('colours tell whose a step is and what is blocked, and never say it alone', async () => {
  const harness = openCliHarness();
  const [key = '', one = '', two = ''] = await planOne(harness);
  await harness.text('claim', one);
  await harness.text('block', two, '--reason', 'No access');
  const person = harness.with({ style: { width: 80, colour: true } });
  const shown = (await person.run('checklist', key)).stdout;
  expect(shown).toContain('\u001b[32m[→]\u001b[0m one');
  expect(shown).toContain('\u001b[31m[!]\u001b[0m two');
  expect(shown).toContain('blocked: No access');
});

test('a terminal shows what Markdown says first, and below sent-back work its issues', async () => {
  const harness = openCliHarness();
  const plan = '# Plan\n- [ ] Build it\n- [ ] Review it';
  const [key = ''] = /web-\w+/.exec(await harness.text('plan', plan)) ?? [];
  await harness.text('update', `${key}.2`, '--type', 'review');
  const outcome = '## Done\n\nWrote **the script**.\n\n```sh\nrun\n```';
  await harness.text('claim', `${key}.1`);
  await harness.text('report', `${key}.1`, JSON.stringify({ status: 'completed', outcome }));
  await harness.text('claim', `${key}.2`);
  const report = { status: 'completed', approval: 'rejected', issues_found: ['No time-out'] };
  await harness.text('report', `${key}.2`, JSON.stringify(report));
  const terminal = harness.with({ style: { width: 100, colour: false } });
  expect((await terminal.text('checklist', key)).split('\n').slice(2, 5)).toEqual([
    expect.stringContaining('Build it  (rejected by alice@one, round 1)'),
    '    Wrote the script.',
    '    Issue found: No time-out',
  ]);
});
