import type { InsightView } from '../../model/answers/insight.ts';
import { type Insight, registryNouns } from '../../model/registry/insight.ts';
import type { Db } from '../../store/contract.ts';
import { findSlugs } from '../../store/tables/registry.ts';
import { findStates } from '../../store/tables/task-states.ts';
import { kindOf } from '../registry/kinds.ts';

/** Turns rows into what people see, in the order given. */
export async function viewInsights(
  db: Db,
  insights: readonly Insight[],
): Promise<readonly InsightView[]> {
  const slugs = new Map<string, string>();
  for (const about of registryNouns) {
    const own = insights.filter((insight) => insight.about === about);
    const ids = [...new Set(own.map(({ subjectId }) => subjectId))];
    for (const [id, slug] of await findSlugs(db, kindOf(about).table, ids)) slugs.set(id, slug);
  }
  const taskIds = insights.flatMap(({ taskId }) => (taskId === null ? [] : [taskId]));
  const tasks = await findStates(db, [...new Set(taskIds)]);
  const keys = new Map(tasks.map(({ id, key }) => [id, key]));
  return insights.map(({ subjectId, body, taskId, runId, revision: _, ...insight }) => ({
    ...insight,
    text: body,
    subject: slugs.get(subjectId) ?? '',
    task: keys.get(taskId ?? '') ?? null,
    run: runId,
  }));
}
