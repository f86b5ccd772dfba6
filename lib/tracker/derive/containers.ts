import { rollUp } from '../../model/report/merge.ts';
import {
  canLeafGoOn,
  containerStatus,
  isContainer,
  type SubtaskState,
} from '../../model/task/container.ts';
import { serialiseContext } from '../../model/task/serialise-context.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { now } from '../../store/sql/now.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import { findStates, findSubtaskStates, type TaskState } from '../../store/tables/task-states.ts';
import { findSubtasks, findTasks, updateTask } from '../../store/tables/tasks.ts';
import { makeToken } from '../ids.ts';
import { readContext } from '../stored-json.ts';
import type { Write } from '../write.ts';
import { affectsBilling } from './work-items.ts';

/**
 * Brings the containers above these tasks in line with what is below them, the innermost first. A
 * leaf that can no longer go on changes what holds its container without changing its container,
 * so each tree is looked at whole.
 *
 * @returns ids of the containers whose status changed.
 */
export async function followSubtasks(
  write: Write,
  tasks: readonly TaskState[],
): Promise<readonly string[]> {
  const tops = await findTops(write, tasks);
  const subtasks = await findBelow(write, tops);
  const changed: string[] = [];
  for (const top of tops) await follow(top);
  return changed;

  async function follow(task: TaskState): Promise<SubtaskState> {
    const isStarted = task.startedAt !== null;
    if (!isContainer(task)) {
      return { status: task.status, canGoOn: canLeafGoOn(task.queue), isStarted };
    }
    const states: SubtaskState[] = [];
    for (const subtask of subtasks.get(task.id) ?? []) states.push(await follow(subtask));
    const below = containerStatus(states);
    // It may have been started before it had subtasks, which its own container knows it by, too.
    const status = below === 'pending' && isStarted ? 'in_progress' : below;
    const mustStart = !isStarted && states.some((state) => state.isStarted);
    if (status !== task.status || mustStart) {
      await changeContainer(write, task, { status, mustStart });
    }
    if (status !== task.status) changed.push(task.id);
    const canGoOn = states.some((state) => state.canGoOn);
    return { status, canGoOn, isStarted: isStarted || mustStart };
  }
}

/** The outermost containers of tasks that have one. */
async function findTops(write: Write, tasks: readonly TaskState[]): Promise<readonly TaskState[]> {
  const tops = new Map<string, TaskState>();
  let level = tasks.filter(({ parentId }) => parentId !== null);
  while (level.length > 0) {
    const parents = await findStates(write.db, [
      ...new Set(level.flatMap(({ parentId }) => (parentId === null ? [] : [parentId]))),
    ]);
    for (const parent of parents) if (parent.parentId === null) tops.set(parent.id, parent);
    level = parents.filter(({ parentId }) => parentId !== null);
  }
  return [...tops.values()];
}

/** Everything below these tasks, by parent and in order. */
async function findBelow(
  write: Write,
  tops: readonly TaskState[],
): Promise<ReadonlyMap<string, readonly TaskState[]>> {
  const byParent = new Map<string, TaskState[]>();
  let level = tops.map(({ id }) => id);
  while (level.length > 0) {
    const subtasks = await findSubtaskStates(write.db, level);
    for (const subtask of subtasks) {
      const siblings = byParent.get(subtask.parentId ?? '');
      if (siblings) siblings.push(subtask);
      else byParent.set(subtask.parentId ?? '', [subtask]);
    }
    level = subtasks.filter(isContainer).map(({ id }) => id);
  }
  return byParent;
}

async function changeContainer(
  write: Write,
  task: TaskState,
  { status, mustStart }: { status: Status; mustStart: boolean },
): Promise<void> {
  const wasClosed = isClosed(task.status);
  const reopens = wasClosed && !isClosed(status);
  const change: TaskChange = {
    status,
    ...(mustStart ? { started_at: now } : {}),
    ...(isClosed(status) && !wasClosed ? { completed_at: now } : {}),
    ...(reopens ? { completed_at: null, outcome: null } : {}),
  };
  const isDone = status === 'completed' && !wasClosed;
  const [before] = reopens || isDone ? await findTasks(write.db, [task.id]) : [];
  const context = isDone && before ? { task_context: await rolledUpContext(write, before) } : {};
  await updateTask(write.db, task, { ...change, ...context, revision: makeToken() });
  if (status === task.status) return;
  if (affectsBilling(task, status)) write.rebilled(task.id);
  write.record({
    verb: verbOf(task.status, status),
    taskId: task.id,
    key: task.key,
    old: { status: task.status },
    new: {
      status,
      followed: 'subtasks',
      ...(reopens && before?.outcome ? { formerOutcome: before.outcome } : {}),
    },
  });
}

function verbOf(from: Status, to: Status): string {
  if (isClosed(to) || to === 'blocked') return to;
  if (isClosed(from)) return 'reopened';
  return from === 'blocked' ? 'unblocked' : 'started';
}

/**
 * The context of a container that is completed: its own with what its subtasks' add. One that would
 * be too long for the column stays as it is; the subtasks have all of it.
 */
export async function rolledUpContext(write: Write, container: Task): Promise<string> {
  const subtasks = await findSubtasks(write.db, [container.id]);
  const context = rollUp(
    readContext(container.context),
    subtasks.map((subtask) => ({
      isCompleted: subtask.status === 'completed',
      context: readContext(subtask.context),
    })),
  );
  try {
    return serialiseContext(context);
  } catch {
    return container.context;
  }
}
