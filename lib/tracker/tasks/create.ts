import { randomBytes } from 'node:crypto';
import type { CreateAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { keyLength, makeKeyPart } from '../../model/key.ts';
import { limits } from '../../model/limits.ts';
import { parseInput, TaskInput } from '../../model/task/input.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import { replaceInfrastructure } from '../../store/tables/infrastructure.ts';
import { insertTask, updateTask } from '../../store/tables/tasks.ts';
import { countNewTasks } from '../../store/tables/workspaces.ts';
import { makeId, makeToken } from '../ids.ts';
import { type Origin, resolveAttribution } from '../registry/attribution.ts';
import { finishRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answer } from '../view/answer.ts';
import { estimateTask } from '../view/estimate.ts';
import { findTask, findTaskForWrite, reread } from '../view/find.ts';
import type { Write } from '../write/write.ts';
import { addDependency } from './link.ts';
import { requireOwnClaim } from './own-claim.ts';

export interface CreateOptions {
  /** Key of the task that the new one is a subtask of. */
  readonly parent?: string | undefined;
  /** Keys of the tasks that must be done first. */
  readonly needs?: readonly string[];
}

/**
 * Creates a task.
 *
 * @throws DocketError `invalid_input`, `not_found`, `ambiguous_key`, `invalid_transition` (the
 * parent is closed), `already_claimed` (another works on the parent), `cycle`
 */
export function createTask(
  scope: Scope,
  input: TaskInput,
  { parent, needs = [] }: CreateOptions = {},
): Promise<CreateAnswer> {
  return writeWorkspace(scope, async (write) => {
    const container = parent === undefined ? undefined : await findTaskForWrite(write, parent);
    const task = await addTask(write, input, { parent: container });
    for (const need of needs) {
      await addDependency(write, task, await findTask(write.db, write.workspace.id, need));
    }
    return {
      ...(await answer(write, task.id)),
      suggestedEstimate: await estimateTask(write, task),
    };
  });
}

/** Inserts a task and its event; the caller's transaction goes on. */
export async function addTask(
  write: Write,
  given: TaskInput,
  { parent: container, foundIn }: Origin = {},
): Promise<Task> {
  const input = parseInput(TaskInput, given, { what: 'task:' });
  const id = makeId();
  const parent = container && (await makeContainer(write, container));
  const attribution = await resolveAttribution(write, input, { parent, foundIn });
  const { clientId, projectId, billable, infrastructureIds } = attribution;
  const position = (parent?.subtaskCount ?? 0) + 1;
  const key = parent ? subtaskKey(parent.key, position) : await newKey(write);
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
    clientId,
    projectId,
    infrastructureCount: infrastructureIds.length,
    billable,
    billableMinutes: input.billable_minutes ?? null,
    context: serialiseContext(input.task_context ?? {}),
    createdBy: write.scope.worker.actor,
    revision: makeToken(),
  });
  if (infrastructureIds.length > 0) await replaceInfrastructure(write.db, id, infrastructureIds);
  write.record({ verb: 'created', taskId: id, key, new: { title: input.title } });
  write.moved(id);
  return reread(write.db, id);
}

/** @throws DocketError `invalid_input` when subtasks are nested past what a key can say. */
function subtaskKey(parent: string, position: number): string {
  const key = `${parent}.${position}`;
  if (key.length <= limits.key) return key;
  throw new DocketError('invalid_input', `${parent} is nested too deep to have subtasks`, {
    hint: 'Create the task further up, and link it',
  });
}

async function newKey(write: Write): Promise<string> {
  await countNewTasks(write.db, write.workspace.id, 1);
  const length = keyLength(write.workspace.taskCount);
  return `${write.workspace.slug}-${makeKeyPart(length, randomBytes)}`;
}

/** Counts one more subtask. A leaf that is being worked on gives its claim up: only leaves have one. */
async function makeContainer(write: Write, task: Task): Promise<Task> {
  const current = await reread(write.db, task.id);
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
    const run = await finishRun(write, current.id, { status: 'released' });
    write.record({
      verb: 'released',
      taskId: current.id,
      runId: run?.id,
      key: current.key,
      old: { claim: current.claim },
      new: { status: 'pending', reason: 'it has subtasks now' },
    });
  }
  return current;
}
