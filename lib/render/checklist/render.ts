import type { ChecklistViewName } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { renderCompact } from './compact.ts';
import { renderDetailed } from './detailed.ts';
import type { Layout } from './layout.ts';
import { renderPlan } from './plan.ts';
import { renderSummary } from './summary.ts';

const views: Readonly<
  Record<ChecklistViewName, (checklist: Checklist, layout: Layout) => readonly string[]>
> = {
  plan: renderPlan,
  compact: renderCompact,
  detailed: renderDetailed,
  summary: renderSummary,
};

/** Renders a checklist as Markdown, and makes every text of others safe. */
export function renderChecklist(
  checklist: Checklist,
  view: ChecklistViewName,
  layout: Layout,
): string {
  return views[view](checklist, layout).join('\n');
}
