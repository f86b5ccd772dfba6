import { randomBytes } from 'node:crypto';
import { DocketError } from '../model/errors.ts';
import { keyLength, makeKeyPart } from '../model/key.ts';
import type { TaskAnswer } from '../model/output.ts';
import { isClosed } from '../model/status.ts';
import type { Task } from '../model/task.ts';
import { serialiseContext, type TaskInput } from '../model/task-input.ts';
import { findTasks, insertTask, updateTask } from '../store/tables/tasks.ts';
import { countNewTasks } from '../store/tables/workspaces.ts';
import { answer } from './answer.ts';
import { findTask } from './find.ts';
import { makeId, makeToken } from './ids.ts';
import { addDependency } from './link.ts';
import { requireOwnClaim } from './own-claim.ts';
import type { Scope } from './scope.ts';
import { type Write, writeWorkspace } from './write.ts';

export interface CreateOptions {
  /** Key of the task that the new one is a subtask of. */
  readonly parent?: string | undefined;
  /** Keys of the tasks that must be done first. */
  readonly needs?: readonly string[];
}

/**
 * Creates a task.
 *
 * @throws DocketError `not_found`, `ambiguous_key`, `invalid_transition` (the parent is closed),
 * `already_claimed` (another works on the parent), `cycle`
 */
export function createTask(
  scope: Scope,
  input: TaskInput,
  { parent, needs = [] }: CreateOptions = {},
): Promise<TaskAnswer> {
  return writeWorkspace(scope, async (write) => {
    const container =
      parent === undefined ? undefined : await findTask(write.db, scope.workspaceId, parent);
    const task = await addTask(write, input, container);
    for (const need of needs) {
      await addDependency(write, task, await findTask(write.db, scope.workspaceId, need));
    }
    return answer(write, task.id);
  });
}

/** Inserts a task and its event; the caller's transaction goes on. */
export async function addTask(write: Write, input: TaskInput, container?: Task): Promise<Task> {
  const id = makeId();
  const parent = container && (await makeContainer(write, container));
  const position = (parent?.subtaskCount ?? 0) + 1;
  const key = parent ? `${parent.key}.${position}` : await newKey(write);
  await insertTask(write.db, {
    id,
    key,
    workspaceId: parent?.workspaceId ?? write.workspace.id,
    parentId: parent?.id ?? null,
    position: parent ? position : 0,
    title: input.title,
    description: input.description ?? '',
    type: input.task_type ?? 'implementation',
    priority: input.priority ?? parent?.priority ?? 2,
    complexity: input.estimated_complexity ?? null,
    estimatedMinutes: input.estimated_minutes ?? null,
    assignedAgent: input.assigned_agent ?? null,
    createdSession: write.scope.worker.session,
    context: serialiseContext(input.task_context ?? {}),
    createdBy: write.scope.worker.actor,
    revision: makeToken(),
  });
  write.record({ verb: 'created', taskId: id, key, new: { title: input.title } });
  write.moved(id);
  const [task] = await findTasks(write.db, [id]);
  if (task === undefined) throw new Error(`task ${key} was not found after its insert`);
  return task;
}

async function newKey(write: Write): Promise<string> {
  await countNewTasks(write.db, write.workspace.id, 1);
  const length = keyLength(write.workspace.taskCount);
  return `${write.workspace.slug}-${makeKeyPart(length, randomBytes)}`;
}

/** Counts one more subtask. A leaf that is being worked on gives its claim up: only leaves have one. */
async function makeContainer(write: Write, task: Task): Promise<Task> {
  const [current] = await findTasks(write.db, [task.id]);
  if (current === undefined) throw new Error(`container ${task.key} is gone`);
  if (current.workspaceId !== write.workspace.id) {
    throw new DocketError('conflict', `${current.key} belongs to another workspace`, {
      hint: 'Create subtasks in the workspace of their parent',
    });
  }
  const isLeaf = current.subtaskCount === 0;
  if (isLeaf && (isClosed(current.status) || current.status === 'blocked')) {
    throw new DocketError(
      'invalid_transition',
      `${current.key} is ${current.status}; it cannot take subtasks`,
      { hint: `docket ${current.status === 'blocked' ? 'unblock' : 'reopen'} ${current.key}` },
    );
  }
  if (isLeaf) await requireOwnClaim(write, current, { force: false });
  await updateTask(write.db, current, {
    subtask_count: current.subtaskCount + 1,
    ...(isLeaf
      ? {
          queue: 'none',
          waiting_for: null,
          status: 'pending',
          claim_session_id: null,
          claim_agent_id: null,
          claim_actor: null,
          claimed_at: null,
        }
      : {}),
    revision: makeToken(),
  });
  if (current.claim !== null) {
    write.record({
      verb: 'released',
      taskId: current.id,
      key: current.key,
      old: { claim: current.claim },
      new: { reason: 'it has subtasks now' },
    });
  }
  return current;
}
