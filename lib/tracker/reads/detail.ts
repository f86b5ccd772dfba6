import { documentOf } from '../../model/answers/document.ts';
import type { TaskDetail, TaskDetails } from '../../model/answers/task.ts';
import { suggestMinutes } from '../../model/billing/idle.ts';
import { partsOfTask } from '../../model/billing/minutes.ts';
import { defaultMinutesRule } from '../../model/registry/minutes-rule.ts';
import type { Db } from '../../store/contract.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, together } from '../../store/sql/request.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { notesOf } from '../../store/tables/notes.ts';
import { registryEntriesByIds } from '../../store/tables/registry.ts';
import { type Relation, relationsOfKey } from '../../store/tables/relations.ts';
import { runsOf } from '../../store/tables/runs.ts';
import { tasksBelow } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { projectContextRequest } from '../view/attribution.ts';
import { findTaskWith } from '../view/find.ts';
import { handOverRequest } from '../view/hand-over.ts';
import { viewNote } from '../view/note.ts';
import { viewerRequest } from '../view/task.ts';
import { workItemViews } from '../view/work-item.ts';

/**
 * Reads a task with its subtasks, relations and notes.
 *
 * @throws DocketError `not_found`
 */
export function showTask(scope: Scope, key: string): Promise<TaskDetail> {
  return scope.store.read((db) => readDetail(db, scope, key));
}

/** Reads everything about several tasks, each once, as they are at one moment. */
export function showTasks(scope: Scope, keys: readonly string[]): Promise<TaskDetails> {
  return scope.store.read(async (db) => {
    const found = new Map<string, TaskDetail>();
    for (const key of keys) {
      const detail = await readDetail(db, scope, key);
      found.set(detail.task.id, detail);
    }
    return { details: [...found.values()] };
  });
}

async function readDetail(db: Db, scope: Scope, key: string): Promise<TaskDetail> {
  const { workspaceId } = scope;
  const { task, more: below } = await findTaskWith(db, {
    workspaceId,
    text: key,
    more: tasksBelow,
  });
  const subtasks = below.filter(({ parentId }) => parentId === task.id);
  const worked = [task, ...below].map(({ id }) => id);
  const clientIds = task.clientId === null ? [] : [task.clientId];
  const [viewer, withProject, handOver, notes, relations, runs, workItems, [client], at] =
    await ask(
      db,
      together(
        viewerRequest([task, ...subtasks], scope),
        projectContextRequest([task]),
        handOverRequest(db, task),
        notesOf([task.id]),
        relationsOfKey(task.key),
        runsOf(db.dialect, worked, { withReports: false }),
        workItemViews(task.clientId === null ? [] : [task.id]),
        registryEntriesByIds(clientTable, clientIds),
        clock(db.dialect),
      ),
    );
  const view = withProject(task, viewer(task));
  const own = runs.filter(({ taskId }) => taskId === task.id);
  const rule = client?.minutesRule ?? defaultMinutesRule;
  const suggestion = suggestMinutes(task, { below, runs, rule, at });
  return {
    task: { ...view, needs: [...view.needs, ...archivedNeeds(relations)] },
    subtasks: subtasks.map(viewer),
    relations: relations.map(({ type, key, title, status, isArchived }) => ({
      ...{ type, key, title, status },
      ...(isArchived ? { archived: true } : {}),
    })),
    notes: notes.map((note) => viewNote(note, task.key)),
    suggestedMinutes: suggestion?.minutes ?? null,
    heldMinutes: suggestion?.heldMinutes ?? null,
    minutesFrom: task.billable ? [...partsOfTask(task, below, { worked: runs, rule })] : [],
    workItem: workItems[0] ?? null,
    document: documentOf(view, own),
    handOver: handOver(own),
    at,
  };
}

function archivedNeeds(relations: readonly Relation[]): readonly string[] {
  return relations
    .filter(({ type, isArchived }) => isArchived && type === 'blocks')
    .map(({ key }) => key);
}
