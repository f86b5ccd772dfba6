import { branchOf } from '../config/branch.ts';
import { claimNext, claimTask } from '../tracker/tasks/claim.ts';
import { keysOf } from './keys-of.ts';
import { defineOperation } from './operation.ts';

export const claim = defineOperation({
  name: 'claim',
  access: 'manage',
  summary: 'Take a task, so that nobody else starts it',
  input: () => import('./plain-inputs.ts').then(({ ClaimInput }) => ClaimInput),
  answer: () => import('../model/answers/task.ts').then((m) => m.ClaimOrClaimsAnswer),
  run({ scope, context }, { steal = false, force: isForced = false, agent, ...named }) {
    const branch = context && branchOf(context.folder);
    const options = { steal, force: isForced, assignedAgent: agent, isForAgent: true, branch };
    const isNext = named.task === undefined && named.tasks === undefined;
    return isNext ? claimNext(scope, options) : claimTask(scope, keysOf(named), options);
  },
});
