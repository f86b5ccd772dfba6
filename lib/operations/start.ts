import { branchOf } from '../config/branch.ts';
import { startWork } from '../tracker/tasks/timer.ts';
import { defineOperation } from './operation.ts';

export const start = defineOperation({
  name: 'start',
  access: 'manage',
  summary: 'Take a task and start the clock of your work at it',
  input: () => import('./plain-inputs.ts').then(({ StartInput }) => StartInput),
  answer: () => import('../model/answers/timer.ts').then(({ StartAnswer }) => StartAnswer),
  run({ scope, context, env }, { task, steal = false, force: isForced = false, agent }) {
    const branch = context && branchOf(context.folder);
    const options = { steal, force: isForced, assignedAgent: agent, isForAgent: true, branch };
    // Claude Code's sessions are measured by their activity, which tells idle time from work.
    return startWork(scope, task, { ...options, isTimed: !env.CLAUDE_CODE_SESSION_ID?.trim() });
  },
});
