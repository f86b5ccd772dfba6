import type { TaskView } from '../../model/answers/task.ts';
import type { Task } from '../../model/task/task.ts';
import { mapped, type Request, together } from '../../store/sql/request.ts';
import { clientTable } from '../../store/tables/clients.ts';
import { infrastructureOf } from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { registryEntriesByIds, slugsByIds } from '../../store/tables/registry.ts';

/** The fields of a task that tell its attribution. */
export type AttributedTask = Pick<Task, 'id' | 'clientId' | 'projectId' | 'infrastructureCount'>;

type AttributionView = Pick<TaskView, 'client' | 'project' | 'infrastructure'>;

/**
 * Asks for the names of the clients, projects and infrastructure of tasks. Tasks without
 * attribution ask nothing.
 */
export function attributionRequest(
  tasks: readonly AttributedTask[],
): Request<(task: AttributedTask) => AttributionView> {
  const placed = tasks.filter(({ infrastructureCount }) => infrastructureCount > 0);
  const names = together(
    slugsByIds(clientTable, distinct(tasks, 'clientId')),
    slugsByIds(projectTable, distinct(tasks, 'projectId')),
    infrastructureOf(placed.map(({ id }) => id)),
  );
  return mapped(
    names,
    ([clients, projects, infrastructure]) =>
      ({ id, clientId, projectId, infrastructureCount }) => ({
        client: clients.get(clientId ?? '') ?? null,
        project: projects.get(projectId ?? '') ?? null,
        infrastructure:
          infrastructureCount === 0
            ? []
            : infrastructure.filter(({ taskId }) => taskId === id).map(({ slug }) => slug),
      }),
  );
}

/**
 * Asks for the context that the projects of tasks add where the tasks' own has no value: nothing is
 * stored twice. A task without a project stays as it is.
 */
export function projectContextRequest(
  tasks: readonly Pick<Task, 'projectId'>[],
): Request<(task: Pick<Task, 'projectId'>, view: TaskView) => TaskView> {
  const ids = distinct(tasks, 'projectId');
  return mapped(registryEntriesByIds(projectTable, ids), (found) => {
    const projects = new Map(found.map((project) => [project.id, project]));
    return ({ projectId }, view) => {
      const project = projects.get(projectId ?? '');
      if (project === undefined) return view;
      const { repository, featureSpec } = project;
      return {
        ...view,
        context: {
          ...(repository === null ? {} : { repository }),
          ...(featureSpec === null ? {} : { feature_spec: featureSpec }),
          ...view.context,
        },
      };
    };
  });
}

function distinct<Column extends 'clientId' | 'projectId'>(
  tasks: readonly { readonly [Name in Column]: string | null }[],
  column: Column,
): readonly string[] {
  return [...new Set(tasks.map((task) => task[column]).filter((id) => id !== null))];
}
