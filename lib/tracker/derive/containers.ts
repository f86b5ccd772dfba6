import { rollUp } from '../../model/report/merge.ts';
import {
  canLeafGoOn,
  containerStatus,
  isContainer,
  type SubtaskState,
} from '../../model/task/container.ts';
import type { EventVerb } from '../../model/task/event-verbs.ts';
import { contextThatFits } from '../../model/task/serialise-context.ts';
import { isClosed } from '../../model/task/status.ts';
import type { Status, Task } from '../../model/task/task.ts';
import { formerValues, type TaskChange } from '../../store/tables/task-row.ts';
import type { TaskState } from '../../store/tables/task-states.ts';
import { readContext } from '../stored-json.ts';
import { loadTasks } from '../write/load.ts';
import { taskRuns } from '../write/load-runs.ts';
import type { Write } from '../write/write.ts';
import { affectsBilling } from './work-items.ts';

/**
 * Brings the containers above these tasks in line with their subtasks, the innermost first. Each
 * tree is walked whole: a leaf that can no longer go on may leave its container unchanged and still
 * change the one above.
 *
 * @returns ids of the containers whose status changed.
 */
export async function followSubtasks(
  write: Write,
  tasks: readonly TaskState[],
): Promise<readonly string[]> {
  const { list } = write;
  const tops = new Map(
    tasks.flatMap((task) => {
      // An undo changes a container by itself, and what it held may have been moved away since.
      const top = list.containersOf(task).at(-1) ?? task;
      return isContainer(top) ? [[top.id, top] as const] : [];
    }),
  );
  const changed: string[] = [];
  for (const top of tops.values()) await follow(top);
  return changed;

  async function follow(task: TaskState): Promise<SubtaskState> {
    const isStarted = task.startedAt !== null;
    if (!isContainer(task)) {
      return { status: task.status, canGoOn: canLeafGoOn(task.queue), isStarted };
    }
    const states: SubtaskState[] = [];
    for (const subtask of list.subtasksOf(task.id)) states.push(await follow(subtask));
    const below = containerStatus(states);
    const status = await withOwnWork(write, task, below);
    const start = await startOf(write, task, { status, states });
    if (status !== task.status || start !== undefined) {
      await changeContainer(write, task, { status, start });
    }
    if (status !== task.status) changed.push(task.id);
    const canGoOn = states.some((state) => state.canGoOn);
    return { status, canGoOn, isStarted: start === undefined ? isStarted : start === 'begun' };
  }
}

/** Whether a container begins with its subtasks, or was not begun although it seemed to be. */
async function startOf(
  write: Write,
  { id, startedAt }: TaskState,
  { status, states }: { readonly status: Status; readonly states: readonly SubtaskState[] },
): Promise<Start | undefined> {
  const isBegunBelow = states.some(({ isStarted }) => isStarted);
  if (startedAt === null) return isBegunBelow ? 'begun' : undefined;
  if (status === 'pending') return 'taken back';
  if (status !== 'blocked' || isBegunBelow) return undefined;
  return (await taskRuns(write, id)).length > 0 ? undefined : 'taken back';
}

type Start = 'begun' | 'taken back';

/**
 * Gives a container's status with what was done on it before it had subtasks: it has begun, and
 * where these are all cancelled it stays open until a verb closes it, and then as it was closed.
 */
async function withOwnWork(write: Write, task: TaskState, below: Status): Promise<Status> {
  const { id, status, startedAt } = task;
  if (below === 'pending' && startedAt !== null) {
    return (await taskRuns(write, id)).length > 0 ? 'in_progress' : below;
  }
  if (below !== 'cancelled') return below;
  const closed = write.closing.get(id) ?? (isClosed(status) ? status : undefined);
  if (closed !== undefined) return closed;
  const isWorkedOn = startedAt !== null && (await taskRuns(write, id)).length > 0;
  return isWorkedOn ? 'in_progress' : below;
}

/** The columns that follow the subtasks beside the status: an event has their former values. */
const resultColumns = ['outcome', 'completed_at', 'task_context'] as const;

async function changeContainer(
  write: Write,
  task: TaskState,
  { status, start }: { readonly status: Status; readonly start: Start | undefined },
): Promise<void> {
  const wasClosed = isClosed(task.status);
  const reopens = wasClosed && !isClosed(status);
  const isDone = status === 'completed' && task.status !== 'completed';
  const context = isDone ? { task_context: await rolledUpContext(write, task) } : {};
  const before = reopens || isDone ? (await loadTasks(write, [task.id]))[0] : undefined;
  const formerOutcome = reopens ? before?.outcome : undefined;
  const values: TaskChange = {
    status,
    ...(start === undefined ? {} : { started_at: start === 'begun' ? write.at : null }),
    ...(isClosed(status) && !wasClosed ? { completed_at: write.at } : {}),
    ...(reopens ? { completed_at: null, outcome: null } : {}),
    ...context,
  };
  write.list.change(task.id, values);
  if (status === task.status) return;
  if (affectsBilling(task, status)) write.billingChanged(task.id);
  write.record({
    verb: verbOf(task.status, status),
    taskId: task.id,
    key: task.key,
    old: {
      status: task.status,
      ...(start === undefined ? {} : { started_at: task.startedAt }),
      ...(before === undefined ? {} : formerValues(before, values, resultColumns)),
    },
    new: { status, followed: 'subtasks', ...(formerOutcome ? { formerOutcome } : {}) },
  });
}

function verbOf(from: Status, to: Status): EventVerb {
  if (isClosed(to) || to === 'blocked') return to;
  if (isClosed(from)) return 'reopened';
  if (to === 'pending') return from === 'blocked' ? 'unblocked' : 'released';
  return from === 'blocked' ? 'unblocked' : 'started';
}

/**
 * Rolls the contexts of its subtasks up into that of a completed container. A context that would be
 * too long for the column stays as it was; the subtasks have all of it.
 */
async function rolledUpContext(write: Write, { id }: TaskState): Promise<string> {
  const ids = write.list.subtasksOf(id).map((task) => task.id);
  const [container, ...subtasks] = await loadTasks(write, [id, ...ids]);
  if (container === undefined) throw new Error(`container ${id} is gone`);
  return rolledUp(container, subtasks);
}

function rolledUp(container: Task, subtasks: readonly Task[]): string {
  const context = rollUp(
    readContext(container.context),
    subtasks.map((subtask) => ({
      isCompleted: subtask.status === 'completed',
      context: readContext(subtask.context),
    })),
  );
  return contextThatFits(context, container.context);
}
