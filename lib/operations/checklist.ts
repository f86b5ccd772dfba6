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
    const { tree, runs, ...read } = await readTaskTree(scope, key);
    const runFacts = gatherRunFacts(tree, runs);
    const { session } = scope.worker;
    const built = buildChecklist(tree, { ...read, runFacts });
    return {
      task: tree.task,
      subtasks: [...tasksBelow(tree)],
      view,
      progress: built.progress,
      items: [...built.items],
      summary: built.summary,
      checklist: renderChecklist(built, view, { style: plainStyle, ascii }, { session }),
      at: read.at,
    };
  },
});
