import type { InsightView } from '../../model/answers/insight.ts';
import type { NamedInsight } from '../../store/tables/insights.ts';

export function viewInsight({
  subjectId: _,
  body,
  taskId: __,
  runId,
  revision: ___,
  subjectSlug,
  taskKey,
  ...insight
}: NamedInsight): InsightView {
  return { ...insight, text: body, subject: subjectSlug, task: taskKey, run: runId };
}
