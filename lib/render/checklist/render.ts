import type { ChecklistViewName } from '../../model/answers/checklist.ts';
import type { Checklist } from '../../model/checklist/build.ts';
import { renderCompact } from './compact.ts';
import { renderDetailed } from './detailed.ts';
import type { Layout } from './layout.ts';
import { renderPlan } from './plan.ts';
import { renderSummary } from './summary.ts';

interface ViewOptions {
  /** Whether steps show their keys, in the views that name every step in one line. */
  readonly withKeys?: boolean;
  /** The session that asks: one of Claude Code tells its user how far what it names is. */
  readonly session?: string;
}

type View = (checklist: Checklist, layout: Layout, options: ViewOptions) => readonly string[];

const views: Readonly<Record<ChecklistViewName, View>> = {
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
  options: ViewOptions = {},
): string {
  return views[view](checklist, layout, options).join('\n');
}
