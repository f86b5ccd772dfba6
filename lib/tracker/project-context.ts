import type { TaskView } from '../model/output.ts';
import type { Task } from '../model/task.ts';
import type { Db } from '../store/contract.ts';
import { projectTable } from '../store/tables/projects.ts';
import { findSubjects } from '../store/tables/subjects.ts';

/** A task's view with what its project says, where its own context does not: nothing is stored twice. */
export async function withProjectContext(
  db: Db,
  { projectId }: Task,
  view: TaskView,
): Promise<TaskView> {
  const [project] = projectId === null ? [] : await findSubjects(db, projectTable, [projectId]);
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
}
