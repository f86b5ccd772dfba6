import { expect, test } from 'vitest';
import { buildChecklist } from '../../../lib/model/checklist/build.ts';
import { gatherRunFacts } from '../../../lib/model/checklist/run-facts.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { readTaskTree } from '../../../lib/tracker/reads/tree.ts';
import { releaseTask, reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import type { TestLists } from '../test-lists.ts';
import { approved, done, orchestrate, seedPlan, single } from './orchestrated.ts';

/** What is judged, sent back, done again, and when a person is asked. */
export function judgeSuite(lists: TestLists): void {
  test('work without a review in its plan is judged, and goes back with the issues until it is good', async () => {
    const list = await lists.list();
    const prompts: string[] = [];
    let reviews = 0;
    const orchestrator = orchestrate(list, ({ agent, prompt }) => {
      prompts.push(prompt);
      if (agent !== 'Code Review Agent') return { ...done, files_modified: ['auth.ts'] };
      reviews += 1;
      return reviews < 3
        ? { ...done, approval: 'rejected', issues_found: [`issue ${reviews}`] }
        : approved;
    });
    const { task } = await orchestrator.plan({ plan: single('Fix the login', 'bugfix') });
    const outcome = await orchestrator.run(task.key);
    expect(outcome.status).toBe('completed');
    const { runs } = await orchestrator.runs(task.key);
    expect(runs.map(({ role, cycle, verdict }) => `${role} ${cycle} ${verdict}`)).toEqual([
      'work 1 rejected',
      'review 1 rejected',
      'work 2 rejected',
      'review 2 rejected',
      'work 3 approved',
      'review 3 approved',
    ]);
    expect(prompts[2]).toContain('- issue 1');
    expect(prompts[4]).toContain('- issue 2');
    expect(prompts[4]).not.toContain('- issue 1');
  });

  test('what is rejected three times is blocked, for the user to look at', async () => {
    const list = await lists.list();
    const orchestrator = orchestrate(list, ({ agent }) =>
      agent === 'Code Review Agent'
        ? { ...done, approval: 'rejected', issues_found: ['still wrong'] }
        : done,
    );
    const { subtasks } = await orchestrator.plan({ plan: single('Fix it', 'bugfix') });
    const key = subtasks[0]?.key ?? '';
    expect((await orchestrator.run(key)).status).toBe('stuck');
    const { task } = await showTask(list, key);
    expect(task).toMatchObject({
      status: 'blocked',
      claim: null,
      blockedReason: 'rejected in 3 reviews: still wrong',
    });
  });

  test('a review of the plan that rejects opens again what it judged, and no more than three times', async () => {
    const list = await lists.list();
    let verdicts = ['rejected', 'approved'];
    const orchestrator = orchestrate(list, ({ agent }) =>
      agent === 'Code Review Agent'
        ? { ...done, approval: verdicts.shift() ?? 'rejected', issues_found: ['no tests'] }
        : done,
    );
    const first = await orchestrator.plan({ plan: seedPlan() });
    expect((await orchestrator.run(first.task.key)).status).toBe('completed');
    const { runs } = await orchestrator.runs(first.task.key);
    expect(runs.map(({ task, cycle, verdict }) => `${task.slice(-2)} ${cycle} ${verdict}`)).toEqual(
      [
        '.1 1 null',
        '.2 1 rejected',
        '.3 1 rejected',
        '.2 2 approved',
        '.3 2 approved',
        '.4 1 null',
      ],
    );
    verdicts = [];
    const second = await orchestrator.plan({ plan: seedPlan() });
    const outcome = await orchestrator.run(second.task.key);
    expect(outcome.status).toBe('stuck');
    expect(outcome.open.map(({ key, status }) => `${key.slice(-2)} ${status}`)).toEqual([
      '.3 blocked',
      '.4 pending',
    ]);
  });

  test('rejected work keeps its outcome and says what is wrong, and approved work has no issues left', async () => {
    const list = await lists.list();
    const answers = [
      { ...done, approval: 'rejected', issues_found: ['no tests'] },
      { ...done, approval: 'approved', issues_found: ['a typo, mended'] },
    ];
    const prompts: string[] = [];
    const orchestrator = orchestrate(list, ({ agent, prompt }) => {
      if (agent === 'Code Review Agent') prompts.push(prompt);
      return agent === 'Code Review Agent' ? (answers.shift() ?? done) : done;
    });
    const { task } = await orchestrator.plan({ plan: seedPlan() });
    const [work, review] = [`${task.key}.2`, `${task.key}.3`];
    const seen: unknown[] = [];
    const outcome = await orchestrator.run(task.key, {
      onProgress(progress) {
        if (progress.kind !== 'ended' || progress.key !== review) return;
        seen.push(
          progress.next,
          progress.sentBack.map(({ key }) => key),
        );
      },
    });
    expect(seen).toEqual(['rework', [work], 'done', []]);
    expect(outcome.status).toBe('completed');
    expect(prompts[0]).not.toContain('Found by the review before');
    expect(prompts[1]).toContain('## Found by the review before\nissues_found:\n- no tests');
    for (const key of [work, review]) {
      expect((await showTask(list, key)).task.context).not.toHaveProperty('issues_found', [
        'no tests',
      ]);
    }
    expect((await showTask(list, work)).task.context).not.toHaveProperty('issues_found');
  });

  test('work that a review of its plan rejects is shown as rejected, with what there is of it', async () => {
    const list = await lists.list();
    const { task } = await createPlan(list, {
      title: 'All',
      subtasks: [
        { title: 'Build', task_type: 'implementation' },
        { title: 'Review', task_type: 'review', needs: [1] },
      ],
    });
    const policy = makePolicy();
    const [work, review] = [`${task.key}.1`, `${task.key}.2`];
    await claimTask(list, work);
    await recordReport(list, work, { ...done, outcome: 'it stands' }, { policy });
    await claimTask(list, review, { assignedAgent: 'Code Review Agent' });
    const report = { ...done, approval: 'rejected', issues_found: ['no tests'] };
    const { sentBack } = await recordReport(list, review, report, { policy });
    expect(sentBack).toEqual([{ key: work, title: 'Build' }]);
    const inPrompt = await readPromptList(lists.connection(), {
      workspaceId: list.workspaceId,
      sessionId: list.worker.session,
      open: { mode: 'read', busyTimeout: 1_000 },
    });
    expect(inPrompt?.list.ready.map(({ isRejected }) => isRejected)).toEqual([true]);
    expect((await showTask(list, work)).task.context).toMatchObject({ approval: 'rejected' });
    const { tree, runs, at } = await readTaskTree(list, task.key);
    const checklist = buildChecklist(tree, { at, runFacts: gatherRunFacts(tree, runs) });
    expect(checklist.items[0]).toMatchObject({
      status: 'pending',
      outcome: 'it stands',
      rejection: { by: 'Code Review Agent', round: 1 },
      findings: [{ field: 'issues_found', text: 'no tests' }],
    });
    await claimTask(list, work);
    await recordReport(list, work, { ...done, outcome: 'tested' }, { policy });
    const mended = (await showTask(list, work)).task;
    expect(mended.context).not.toHaveProperty('approval');
    // What it came to before stays: the report tells of what was mended.
    expect(mended).toMatchObject({
      outcome: 'tested',
      context: { earlier_outcomes: ['it stands'] },
    });
  });

  test('a step under way says in its checklist what was noted last', async () => {
    const list = await lists.list();
    const { task } = await createPlan(list, { title: 'All', subtasks: [{ title: 'Build' }] });
    const key = `${task.key}.1`;
    await addNote(list, key, 'before');
    await claimTask(list, key);
    await addNote(list, key, 'half of it stands');
    const notesShown = async () => {
      const { tree, runs, ...read } = await readTaskTree(list, task.key);
      const runFacts = gatherRunFacts(tree, runs);
      return buildChecklist(tree, { ...read, runFacts }).items.map(({ lastNote }) => lastNote);
    };
    expect(await notesShown()).toEqual(['half of it stands']);
    await releaseTask(list, key);
    expect(await notesShown()).toEqual([null]);
    await claimTask(list, key);
    expect(await notesShown()).toEqual(['half of it stands']);
    // What was noted of work that is done is no progress of the work that mends it.
    await closeTask(list, key);
    await reopenTask(list, key);
    await claimTask(list, key);
    expect(await notesShown()).toEqual([null]);
  });
}
