import { randomBytes } from 'node:crypto';
import type { CreateAnswer } from '../../model/answers/task.ts';
import { DocketError } from '../../model/errors.ts';
import { keyLength, makeKeyPart } from '../../model/key.ts';
import { limits } from '../../model/limits.ts';
import type { TaskInput } from '../../model/task/input.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Task } from '../../model/task/task.ts';
import { usualType } from '../../model/task/types.ts';
import { spellSpeaker } from '../../model/worker.ts';
import { requireFreeKey } from '../../store/tables/archived-tasks.ts';
import { insertInfrastructure } from '../../store/tables/infrastructure.ts';
import { newTaskRow } from '../../store/tables/task-row.ts';
import { type Attribution, type Origin, resolveAttribution } from '../registry/attribution.ts';
import { keepTouched } from '../runs/keep-touched.ts';
import { finishRun } from '../runs/runs.ts';
import type { Scope } from '../scope.ts';
import { keyIsTaken } from '../transaction/key-is-taken.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { answerWith } from '../view/answer.ts';
import { estimateRequest } from '../view/estimate.ts';
import { findOtherTask, findTaskForWrite } from '../view/find.ts';
import type { Write } from '../write/write.ts';
import { noClaim } from './change-status.ts';
import { addLink } from './link.ts';
import { requireOwnClaim, takeItFirst } from './own-claim.ts';

export interface CreateOptions {
  /** The key of the task that the new one is a subtask of. */
  readonly parent?: string | undefined;
  /** The keys of the tasks that must be done first. */
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
  return writeWorkspace(
    scope,
    { keys: parent === undefined ? needs : [parent, ...needs] },
    async (write) => {
      const container = parent === undefined ? undefined : await findTaskForWrite(write, parent);
      const task = await addTask(write, input, { parent: container });
      for (const need of needs) {
        const target = await findOtherTask(write, need);
        await addLink(write, { task, target, type: 'blocks' });
      }
      const estimates = estimateRequest(write, [task]);
      const [answered, [suggestedEstimate = null]] = await answerWith(write, task.id, estimates);
      const parentReleased = container !== undefined && container.claim !== null;
      return { ...answered, suggestedEstimate, parentReleased };
    },
  );
}

/** Inserts a task and its event within a transaction; `id` is its id where that is decided. */
export async function addTask(
  write: Write,
  input: TaskInput,
  { parent: container, foundIn, id }: Origin & { readonly id?: string | undefined } = {},
): Promise<Task> {
  const parent = container && (await makeContainer(write, container));
  const attribution = await resolveAttribution(write, input, { parent, foundIn });
  return insertTask(write, input, { parent, attribution, id });
}

/** Inserts a task whose attribution is decided; `at` is when it was made, now by default. */
export function insertTask(
  write: Write,
  input: TaskInput,
  {
    parent,
    attribution,
    id = write.newId(),
    at = write.madeAt,
    among = 1,
  }: {
    readonly parent?: Task | undefined;
    readonly attribution: Attribution;
    readonly id?: string | undefined;
    readonly at?: string;
    /** How many tasks the transaction makes: one key that is taken makes it run again. */
    readonly among?: number;
  },
): Task {
  const { clientId, projectId, billable, infrastructureIds } = attribution;
  const { key, position } = nextKey(write, parent, among);
  const task = write.list.insert(
    newTaskRow(
      {
        id,
        key,
        workspaceId: parent?.workspaceId ?? write.workspace.id,
        parentId: parent?.id ?? null,
        position,
        title: input.title,
        description: input.description ?? '',
        type: input.task_type ?? usualType,
        priority: input.priority ?? parent?.priority ?? 2,
        complexity: input.estimated_complexity ?? null,
        estimatedMinutes: input.estimated_minutes ?? null,
        assignedAgent: input.assigned_agent ?? null,
        due: input.due || null,
        notBefore: input.not_before || null,
        labels: input.labels ?? [],
        createdSession: write.scope.worker.session,
        clientId,
        projectId,
        infrastructureCount: infrastructureIds.length,
        billable,
        billableMinutes: input.billable_minutes ?? null,
        billableMinutesBy: input.billable_minutes == null ? null : spellSpeaker(write.scope.worker),
        context: serialiseContext(input.task_context ?? {}),
        createdBy: write.scope.worker.actor,
      },
      at,
    ),
  );
  write.send(...insertInfrastructure(id, infrastructureIds));
  write.record({ verb: 'created', taskId: id, key: task.key, new: { title: input.title } });
  write.statusChanged(id);
  return task;
}

/** Gives the key of the subtask that its container has just counted, or of a top-level task. */
export function nextKey(
  write: Write,
  parent: Pick<Task, 'key' | 'subtaskCount' | 'subtasksLeft'> | undefined,
  among = 1,
): { readonly key: string; readonly position: number } {
  const chosen = write.takeKey();
  const given =
    parent === undefined
      ? { key: newKey(write, among, chosen), position: 0 }
      : subtaskKey(parent.key, parent.subtaskCount + parent.subtasksLeft);
  if (chosen !== undefined) requireFree(write, chosen, given);
  return given;
}

/**
 * Refuses a task whose key was chosen while the database was away, and is another's now.
 *
 * @throws DocketError `conflict`
 */
function requireFree(
  { list, workspace }: Write,
  chosen: string,
  { key }: { readonly key: string },
): void {
  if (!chosen.startsWith(`${workspace.slug}-`)) {
    throw new DocketError('conflict', `${chosen} is no key of the list ${workspace.slug}`, {
      hint: 'Create the task again, which gives it another key',
    });
  }
  if (key !== chosen || list.findByKey(chosen) !== undefined) throw keyIsTaken(chosen);
}

/**
 * Makes the key of a subtask.
 *
 * @throws DocketError `invalid_input` when subtasks are nested deeper than a key can tell.
 */
function subtaskKey(parent: string, position: number) {
  const key = `${parent}.${position}`;
  if (key.length <= limits.key) return { key, position };
  throw new DocketError('invalid_input', `${parent} is nested too deep to have subtasks`, {
    hint: 'Create the task further up, and link it',
  });
}

function newKey(write: Write, among: number, chosen: string | undefined): string {
  write.countTask();
  const { slug, taskCount, archivedSeq } = write.workspace;
  const length = keyLength((taskCount + among - 1) * among);
  const key = chosen ?? `${slug}-${makeKeyPart(length, randomBytes)}`;
  // The tasks' own index refuses a key that is taken, but not that of an archived one.
  if (archivedSeq > 0) write.send(requireFreeKey(key));
  return key;
}

/**
 * Counts one more subtask, and returns the task as it then is. A leaf that is being worked on gives
 * its claim up: only leaves have one.
 */
export async function makeContainer(write: Write, { id }: Task): Promise<Task> {
  const { list } = write;
  const current = list.task(id);
  const isLeaf = current.subtaskCount === 0;
  if (isLeaf && (isClosed(current.status) || current.status === 'blocked')) {
    throw new DocketError(
      'invalid_transition',
      `${current.key} is ${current.status}; it cannot take subtasks`,
      { hint: `docket ${current.status === 'blocked' ? 'unblock' : 'reopen'} ${current.key}` },
    );
  }
  if (isLeaf) await requireOwnClaim(write, current, { force: false, hint: takeItFirst(current) });
  list.change(id, {
    subtask_count: current.subtaskCount + 1,
    ...(isLeaf
      ? {
          queue: 'none',
          waiting_for: null,
          starts_at: null,
          ready_at: null,
          status: 'pending',
          ...noClaim,
        }
      : {}),
  });
  if (current.claim !== null) {
    const run = await finishRun(write, id, { status: 'released' });
    keepTouched(write, id);
    write.record({
      verb: 'released',
      taskId: id,
      runId: run?.id,
      key: current.key,
      old: { status: current.status, claim: current.claim },
      new: { status: 'pending', reason: 'it has subtasks now' },
    });
  }
  return list.task(id);
}
