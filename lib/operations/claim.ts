import { claimNext, claimTask } from '../tracker/tasks/claim.ts';
import { defineOperation } from './operation.ts';

export const claim = defineOperation({
  name: 'claim',
  access: 'manage',
  summary: 'Take a task, so that nobody else starts it',
  input: () => import('./plain-inputs.ts').then(({ ClaimInput }) => ClaimInput),
  answer: () => import('../model/answers/task.ts').then(({ ClaimAnswer }) => ClaimAnswer),
  run({ scope }, { task, steal = false, force: isForced = false, agent }) {
    const options = { steal, force: isForced, assignedAgent: agent, isForAgent: true };
    return task === undefined ? claimNext(scope, options) : claimTask(scope, task, options);
  },
});
