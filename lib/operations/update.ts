import * as z from 'zod/mini';
import { withMode } from '../access/mode.ts';
import { branchOf } from '../config/branch.ts';
import { Label, Outcome, Reason, TaskFields } from '../model/task/input.ts';
import { Status } from '../model/task/task.ts';
import { requireChange, updateTask } from '../tracker/tasks/update.ts';
import { force, Key } from './fields.ts';
import { defineOperation } from './operation.ts';

const Input = z.extend(TaskFields, {
  task: Key,
  /** Moves the task with everything below it under this task; '' to the top. Its key changes. */
  parent: z.optional(Key),
  outcome: z.optional(Outcome),
  /** Brings the task there by claim, release, unblock, reopen, block, close or cancel. */
  status: z.optional(Status),
  /** The reason of a block or a cancellation. */
  reason: z.optional(Reason),
  /** With the status in_progress: takes the claim of a holder that has gone. */
  steal: z.optional(z.boolean()),
  /** Labels to take away, before `labels` are added; '' takes all away. */
  unlabel: z.optional(z.array(z.union([z.literal(''), Label]))),
  force,
});

export const update = defineOperation({
  name: 'update',
  access: 'manage',
  summary: 'Change fields or the status of a task',
  input: Input,
  answer: () => import('../model/answers/update.ts').then(({ UpdateAnswer }) => UpdateAnswer),
  run(
    list,
    { task: key, parent, status, reason, steal = false, force: isForced = false, ...changes },
  ) {
    const { outcome, billable_minutes, unlabel: taken, ...fields } = changes;
    const unlabel = taken?.includes('') ? ('all' as const) : taken;
    const billableMinutes = billable_minutes ?? undefined;
    // Closing writes these itself, with its event.
    const result = status === 'completed' ? {} : { outcome, billable_minutes: billableMinutes };
    const patch = { ...fields, unlabel, ...result };
    if (status === undefined && parent === undefined) requireChange(patch);
    const branch =
      status === 'in_progress' && list.context ? branchOf(list.context.folder) : undefined;
    const claimant = { assignedAgent: fields.assigned_agent, isForAgent: true, branch };
    const verb = { reason, outcome, billableMinutes, steal, force: isForced, ...claimant };
    return updateTask(withMode(list), key, {
      patch,
      parent,
      force: isForced,
      status: status === undefined ? undefined : { ...verb, status },
    });
  },
});
