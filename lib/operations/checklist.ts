import { tasksBelow } from '../model/answers/tree.ts';
import { buildChecklist } from '../model/checklist/build.ts';
import { gatherRunFacts } from '../model/checklist/run-facts.ts';
import { renderChecklist } from '../render/checklist/render.ts';
import { plainStyle } from '../render/text/style.ts';
import { readTaskTree } from '../tracker/reads/tree.ts';
import { defineOperation } from './operation.ts';

export const checklist = defineOperation({
  name: 'checklist',
  access: 'look',
  summary: "A task's subtasks as a Markdown checklist",
  input: () => import('./plain-inputs.ts').then(({ ChecklistInput }) => ChecklistInput),
  answer: () =>
    import('../model/answers/checklist.ts').then(({ ChecklistAnswer }) => ChecklistAnswer),
  async run({ scope }, { task: key, view = 'compact', ascii = false }) {
    const { branch, runs, billedMinutes, at } = await readTaskTree(scope, key);
    const runFacts = gatherRunFacts(branch, runs);
    const built = buildChecklist(branch, { at, billedMinutes, runFacts });
    return {
      task: branch.task,
      subtasks: [...tasksBelow(branch)],
      view,
      progress: built.progress,
      items: [...built.items],
      summary: built.summary,
      checklist: renderChecklist(built, view, { style: plainStyle, ascii }),
      at,
    };
  },
});
