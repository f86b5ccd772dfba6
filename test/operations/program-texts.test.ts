import { expect, test } from 'vitest';
import type { Progress } from '../../lib/model/answers/progress.ts';
import { openDocket } from '../../lib/operations/open-docket.ts';
import {
  renderChecklist,
  renderOutcome,
  renderProgress,
} from '../../lib/operations/program-texts.ts';
import { openCliHarness } from '../cli/cli-harness.ts';

test('a program renders a checklist that it has in every view', async () => {
  const { project: folder, env } = openCliHarness();
  const docket = await openDocket({ folder, env });
  const subtasks = [{ title: 'Choose a library' }, { title: 'Write the code' }];
  const { task } = await docket.call('plan', { title: 'Login', subtasks });
  const compact = await docket.call('checklist', { task: task.key });
  const detailed = await docket.call('checklist', { task: task.key, view: 'detailed' });
  await docket.close();
  expect(renderChecklist(compact)).toBe(compact.checklist);
  expect(renderChecklist(compact, { view: 'detailed' })).toBe(detailed.checklist);
  const narrow = renderChecklist(compact, { width: 20, ascii: true });
  expect(narrow).toContain('- [ ] Choose a li...');
});

test('a program renders what happens while a plan runs, and how it ends', async () => {
  const { project: folder, env } = openCliHarness();
  const docket = await openDocket({ folder, env });
  const { task } = await docket.call('create', { title: 'Look around' });
  await docket.close();
  const started: Progress = {
    ...{ kind: 'started', key: task.key, title: task.title, agent: 'Explore Agent' },
    ...{ role: 'work', attempt: 2, cycle: 1 },
  };
  expect(renderProgress(started)).toBe(`[→] ${task.key} Look around  Explore Agent (try 2)`);
  expect(renderProgress(started, { width: 30 })).toContain('\n    ');
  expect(renderOutcome({ status: 'stopped', task, open: [task], hindrance: null })).toBe(
    [
      `Stopped ${task.key}  Look around`,
      `  ${task.key} Look around: pending`,
      `docket run ${task.key} goes on at ${task.key} Look around.`,
    ].join('\n'),
  );
});
