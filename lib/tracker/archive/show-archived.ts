import { documentOf } from '../../model/answers/document.ts';
import type { TaskDetail, TaskView } from '../../model/answers/task.ts';
import { parentKey } from '../../model/task/key-tree.ts';
import type { RelationView } from '../../model/task/relation.ts';
import type { DependencyType, Task } from '../../model/task/task.ts';
import type { Db } from '../../store/contract.ts';
import type { WholeTree } from '../../store/moving/archived-trees.ts';
import { clock } from '../../store/sql/clock.ts';
import { ask, mapped, together } from '../../store/sql/request.ts';
import { archivedByIds } from '../../store/tables/archived-tasks.ts';
import { infrastructureTable } from '../../store/tables/infrastructure.ts';
import { toNote } from '../../store/tables/notes.ts';
import { slugsByIds } from '../../store/tables/registry.ts';
import { toRun } from '../../store/tables/runs.ts';
import { tasksByIds } from '../../store/tables/task-lookups.ts';
import type { Scope } from '../scope.ts';
import { viewNote } from '../view/note.ts';
import { viewerRequest } from '../view/task.ts';
import { ownRows, readArchivedTask } from './read-tree.ts';

/**
 * Reads an archived task with its subtasks, relations and notes, as `showTask` does others.
 *
 * @throws DocketError `not_found`
 */
export function showArchived(scope: Scope, key: string): Promise<TaskDetail> {
  return scope.store.read(async (db) => {
    const { tree, task, tasks, archived } = await readArchivedTask(db, scope, key);
    const [viewer, related, infrastructure, at] = await readAround(db, scope, { tree, tasks });
    const view = (each: Task) => viewIn(viewer(each), { tree, tasks, related, infrastructure });
    const runs = ownRows(tree, 'agent_runs', task.id).map(toRun);
    const notes = ownRows(tree, 'task_notes', task.id).map(toNote);
    const earlier = runs.toSorted(byTime(({ startedAt }) => startedAt));
    return {
      task: view(task),
      subtasks: tasks.filter(({ parentId }) => parentId === task.id).map(view),
      relations: relationsOf(tree, task.id, related),
      notes: notes
        .toSorted(byTime(({ createdAt }) => createdAt))
        .map((note) => viewNote(note, task.key)),
      ...{ suggestedMinutes: null, heldMinutes: null, minutesFrom: [], workItem: null },
      document: documentOf(view(task), earlier),
      handOver: {
        ...{ partOf: [], progress: null, before: [], insights: [], reportFields: [] },
        earlier: earlier.map(
          ({ agent, actor, session, agentId, role, status, verdict, error }) => ({
            ...{ agent, actor, session, agentId, role, status, verdict, error },
          }),
        ),
      },
      archived,
      at,
    };
  });
}

/** Other tasks by their ids, in the list or archived. */
type Related = ReadonlyMap<string, Omit<RelationView, 'type'>>;

interface Around {
  readonly tree: WholeTree;
  readonly tasks: readonly Task[];
  readonly related: Related;
  /** Slugs by id. */
  readonly infrastructure: ReadonlyMap<string, string>;
}

/** Reads what an archived tree names of the list. */
function readAround(db: Db, scope: Scope, { tree, tasks }: Pick<Around, 'tree' | 'tasks'>) {
  const idsIn = (table: string, column: string) => [
    ...new Set(
      tree.rows.filter((each) => each.table.name === table).map(({ row }) => String(row[column])),
    ),
  ];
  const needed = idsIn('task_dependencies', 'depends_on_id');
  const related = mapped(
    together(tasksByIds(needed), archivedByIds(needed)),
    ([listed, archived]) => {
      const view = ({ key, title, status }: Pick<Task, 'key' | 'title' | 'status'>) => ({
        ...{ key, title, status },
      });
      return new Map([
        ...listed.map((each) => [each.id, view(each)] as const),
        ...archived.map((each) => [each.id, { ...view(each), archived: true }] as const),
      ]) satisfies Related;
    },
  );
  return ask(
    db,
    together(
      viewerRequest(tasks, scope),
      related,
      slugsByIds(infrastructureTable, idsIn('task_infrastructure', 'infrastructure_id')),
      clock(db.dialect),
    ),
  );
}

/** Completes the view of a task by what the list no longer knows of it. */
function viewIn(view: TaskView, { tree, tasks, related, infrastructure }: Around): TaskView {
  const below = tasks.filter(({ parentId }) => parentId === view.id);
  const counted = below.filter(({ status }) => status !== 'cancelled');
  return {
    ...view,
    parentTitle: tasks.find(({ key }) => key === parentKey(view.key))?.title ?? null,
    progress:
      below.length === 0
        ? null
        : {
            done: counted.filter(({ status }) => status === 'completed').length,
            total: counted.length,
          },
    needs: relationsOf(tree, view.id, related)
      .filter(({ type }) => type === 'blocks')
      .map(({ key }) => key),
    infrastructure: ownRows(tree, 'task_infrastructure', view.id)
      .flatMap((row) => infrastructure.get(String(row.infrastructure_id)) ?? [])
      .sort(),
  };
}

function relationsOf(tree: WholeTree, id: string, related: Related): RelationView[] {
  return ownRows(tree, 'task_dependencies', id).flatMap((row) => {
    const other = related.get(String(row.depends_on_id));
    return other === undefined ? [] : [{ type: row.type as DependencyType, ...other }];
  });
}

function byTime<T>(timeOf: (each: T) => string) {
  return (a: T, b: T) => (timeOf(a) < timeOf(b) ? -1 : 1);
}
