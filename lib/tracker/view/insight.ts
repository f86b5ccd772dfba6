import type { InsightView } from '../../model/answers/insight.ts';
import type { NamedInsight } from '../../store/tables/insights.ts';

export function viewInsight({
  targetId: _,
  body,
  taskId: __,
  runId,
  revision: ___,
  targetSlug,
  taskKey,
  ...insight
}: NamedInsight): InsightView {
  return { ...insight, text: body, subject: targetSlug, task: taskKey, run: runId };
}
