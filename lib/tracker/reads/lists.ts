import { documentOf } from '../../model/answers/document.ts';
import type { EventView, NoteView, TaskDetail, TaskList } from '../../model/answers/task.ts';
import type { WorkItemView } from '../../model/answers/work-item.ts';
import type { Status, Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import { readClock } from '../../store/sql/clock.ts';
import { findDependencies } from '../../store/tables/dependencies.ts';
import { findEvents } from '../../store/tables/events.ts';
import { findNotes, type NoteRow } from '../../store/tables/notes.ts';
import { findRuns } from '../../store/tables/runs.ts';
import { findSubtasks, listQueue, listStatus } from '../../store/tables/tasks.ts';
import { findWorkItems } from '../../store/tables/work-items.ts';
import type { Scope } from '../scope.ts';
import { readJson } from '../stored-json.ts';
import { withProjectContext } from '../view/attribution.ts';
import { suggestMinutes } from '../view/estimate.ts';
import { findTask } from '../view/find.ts';
import { viewTask, viewTasks } from '../view/task.ts';
import { viewWorkItems } from '../view/work-item.ts';

/** Counting stops here, so that the cost of a list does not grow with what it leaves out. */
export const totalLimit = 10_000;

/** Tasks that can be started now, most urgent and oldest first. */
export function listReady(scope: Scope, { limit }: { limit: number }): Promise<TaskList> {
  return scope.store.read(async (db) => {
    const options = { queue: 'ready', limit, countTo: totalLimit } as const;
    const { tasks, total } = await listQueue(db, scope.workspaceId, options);
    const at = await readClock(db);
    return { tasks: [...(await viewTasks(db, scope, tasks))], total, totalLimit, at };
  });
}

/** Tasks of the given statuses, one status after the other. */
export function listTasks(
  scope: Scope,
  {
    statuses,
    limit,
    allWorkspaces,
  }: { statuses: readonly Status[]; limit: number; allWorkspaces: boolean },
): Promise<TaskList> {
  return scope.store.read(async (db) => {
    const found = [];
    let total = 0;
    for (const status of statuses) {
      const part = await listStatus(db, allWorkspaces ? undefined : scope.workspaceId, {
        status,
        limit: limit - found.length,
        countTo: totalLimit,
      });
      found.push(...part.tasks);
      total += part.total;
    }
    return {
      tasks: [...(await viewTasks(db, scope, found))],
      total: Math.min(total, totalLimit),
      totalLimit,
      at: await readClock(db),
    };
  });
}

/** A task with its subtasks, relations and notes. @throws DocketError `not_found` */
export function showTask(scope: Scope, key: string): Promise<TaskDetail> {
  return scope.store.read(async (db) => {
    const task = await findTask(db, scope.workspaceId, key);
    const notes = await findNotes(db, [task.id]);
    const relations = (await findDependencies(db, [task.id])).filter((d) => d.type !== 'blocks');
    const view = await withProjectContext(db, task, await viewTask(db, scope, task.id));
    return {
      task: view,
      subtasks: [...(await viewTasks(db, scope, await findSubtasks(db, [task.id])))],
      relations: relations.map(({ type, key, status }) => ({ type, key, status })),
      notes: notes.map((note) => viewNote(note, task.key)),
      suggestedMinutes: await suggestMinutes(db, task),
      workItem: await findWorkItem(db, task),
      document: documentOf(view, await findRuns(db, [task.id], { withReports: false })),
      at: await readClock(db),
    };
  });
}

async function findWorkItem(db: Db, { id, clientId }: Task): Promise<WorkItemView | null> {
  const items = clientId === null ? [] : await findWorkItems(db, [id]);
  const [item = null] = await viewWorkItems(db, items);
  return item;
}

/** Newest events first, of the workspace or of one task. */
export function readLog(
  scope: Scope,
  { key, limit }: { key?: string | undefined; limit: number },
): Promise<{ readonly events: readonly EventView[] }> {
  return scope.store.read(async (db) => {
    const task = key === undefined ? undefined : await findTask(db, scope.workspaceId, key);
    const rows = await findEvents(db, scope.workspaceId, { taskId: task?.id, limit });
    const events = rows.map(({ taskId: _, key, oldValue, newValue, ...event }) => ({
      ...event,
      task: key,
      old: oldValue === null ? null : readJson(oldValue),
      new: newValue === null ? null : readJson(newValue),
    }));
    return { events };
  });
}

function viewNote({ taskId: _, body, ...note }: NoteRow, task: string): NoteView {
  return { ...note, task, text: body };
}
