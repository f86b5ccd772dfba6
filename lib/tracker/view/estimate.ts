import type { SuggestedEstimate } from '../../model/answers/estimate.ts';
import { suggestEstimate } from '../../model/figures/estimate.ts';
import type { Task } from '../../model/task/task.ts';
import { activeTimes } from '../../store/queries/active-times.ts';
import { type Request, together } from '../../store/sql/request.ts';
import type { Write } from '../write/write.ts';

/** The number of similar tasks that are read, the newest. */
const casesRead = 50;

/**
 * Asks what new tasks are likely to take, by the completed tasks like them; null where a task was
 * estimated, and where too few are like it. Tasks of one kind are looked up once.
 */
export function estimateRequest(
  { db, workspace }: Pick<Write, 'db' | 'workspace'>,
  tasks: readonly Pick<Task, 'type' | 'complexity' | 'estimatedMinutes'>[],
): Request<readonly (SuggestedEstimate | null)[]> {
  const open = tasks.filter(({ estimatedMinutes }) => estimatedMinutes === null);
  const kinds = [...new Map(open.map((task) => [kindOf(task), task])).values()].map(
    ({ type, complexity }) => ({ type, complexity }),
  );
  const times = together(
    ...kinds.map((kind) =>
      activeTimes(db.dialect, { workspaceId: workspace.id, ...kind }, casesRead),
    ),
  );
  return {
    statements: times.statements,
    read(results) {
      const found = times.read(results);
      const byKind = new Map(
        kinds.map((kind, index) => [kindOf(kind), suggestEstimate(found[index] ?? [], kind)]),
      );
      return tasks.map((task) =>
        task.estimatedMinutes === null ? (byKind.get(kindOf(task)) ?? null) : null,
      );
    },
  };
}

function kindOf({ type, complexity }: Pick<Task, 'type' | 'complexity'>): string {
  return `${type} ${complexity}`;
}
