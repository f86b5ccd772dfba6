import type { TaskContext } from '../task/input.ts';
import type { Report } from './report.ts';

/** What has a column, a table or another name of its own. */
const keptElsewhere = [
  'status',
  'outcome',
  'billable_minutes',
  'insights',
  'follow_ups',
  'blockers',
  'unreadable_report',
];

/** What was asked for is not an agent's to rewrite: those that judge its work are told the same. */
const saidByPeople = [
  'user_request',
  'reason',
  'problem',
  'impact',
  'requirements',
  'constraints',
  'feature_spec',
  'repository',
];
const notMerged = new Set([...keptElsewhere, ...saidByPeople]);

/**
 * Merges a report into a task's context. Lists grow, and name nothing twice; what is said anew of
 * anything else replaces what was said before. The issues are those of the newest report that names
 * any; what is approved has none left.
 */
export function mergeReport(context: TaskContext, report: Report): TaskContext {
  const merged = new Map(Object.entries(context));
  if (report.approval === 'approved') merged.delete('issues_found');
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined || notMerged.has(key)) continue;
    const before = merged.get(key);
    const grows = key !== 'issues_found' && Array.isArray(before) && Array.isArray(value);
    merged.set(key, grows ? union(before, value) : value);
  }
  const { blockers = [] } = report;
  if (blockers.length > 0) {
    merged.set('blockers_encountered', union(listIn(context, 'blockers_encountered'), blockers));
  }
  return Object.fromEntries(merged);
}

/** What the contexts of its subtasks add to a container's own. */
export function rollUp(
  context: TaskContext,
  subtasks: readonly { readonly isCompleted: boolean; readonly context: TaskContext }[],
): TaskContext {
  const contexts = subtasks.map((subtask) => subtask.context);
  const all = (key: string) =>
    contexts.reduce<readonly unknown[]>((list, each) => union(list, listIn(each, key)), []);
  const created = union(listIn(context, 'files_created'), all('files_created'));
  const modified = union(listIn(context, 'files_modified'), all('files_modified'));
  const ready = contexts
    .map((each) => each.production_ready)
    .filter((value) => value !== undefined);
  const added: Readonly<Record<string, unknown>> = {
    files_created: created,
    files_modified: modified.filter((file) => !created.includes(file)),
    dependencies_added: all('dependencies_added'),
    blockers_encountered: all('blockers_encountered'),
  };
  return {
    ...context,
    ...Object.fromEntries(Object.entries(added).filter(([, list]) => (list as []).length > 0)),
    subtasks_completed: subtasks.filter(({ isCompleted }) => isCompleted).length,
    ...(ready.length > 0 ? { production_ready: ready.every((value) => value === true) } : {}),
  };
}

function listIn(context: TaskContext, key: string): readonly unknown[] {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  return Array.isArray(value) ? value : [];
}

/** Both lists in order; what is the same by its JSON stands once. */
function union(first: readonly unknown[], second: readonly unknown[]): readonly unknown[] {
  const byText = new Map([...first, ...second].map((value) => [JSON.stringify(value), value]));
  return [...byText.values()];
}
