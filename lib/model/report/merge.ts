import type { TaskContext } from '../task/input.ts';
import { fieldsWhere, findField } from './fields.ts';
import type { Report } from './report.ts';

/**
 * Merges a report into a task's context, as the table of fields says. Lists grow and name nothing
 * twice; anything else is replaced. The issues are those of the newest report that names any, and
 * approved work has none left. What people asked for stays, because reviewers are told the same.
 */
export function mergeReport(context: TaskContext, report: Report): TaskContext {
  const merged = new Map(Object.entries(context));
  if (report.approval === 'approved') merged.delete('issues_found');
  for (const [key, value] of Object.entries(report)) {
    const { merge, saidBy } = findField(key);
    if (value === undefined || merge === 'elsewhere' || saidBy === 'people') continue;
    const before = merged.get(key);
    const grows = merge !== 'newest' && Array.isArray(before) && Array.isArray(value);
    merged.set(key, grows ? union(before, value) : value);
  }
  const { blockers = [] } = report;
  if (blockers.length > 0) {
    merged.set('blockers_encountered', union(listIn(context, 'blockers_encountered'), blockers));
  }
  return Object.fromEntries(merged);
}

/** Adds what the contexts of its subtasks say to a container's context. */
export function rollUp(
  context: TaskContext,
  subtasks: readonly { readonly isCompleted: boolean; readonly context: TaskContext }[],
): TaskContext {
  const contexts = subtasks.map((subtask) => subtask.context);
  const lists = new Map(
    fieldsWhere(({ rollUp }) => rollUp !== undefined).map((field) => {
      const own = findField(field).rollUp === 'add' ? listIn(context, field) : [];
      const all = contexts.reduce((list, each) => union(list, listIn(each, field)), own);
      return [field, all];
    }),
  );
  const created = lists.get('files_created') ?? [];
  const modified = lists.get('files_modified') ?? [];
  lists.set(
    'files_modified',
    modified.filter((file) => !created.includes(file)),
  );
  const ready = contexts
    .map((each) => each.production_ready)
    .filter((value) => value !== undefined);
  return {
    ...context,
    ...Object.fromEntries([...lists].filter(([, list]) => list.length > 0)),
    subtasks_completed: subtasks.filter(({ isCompleted }) => isCompleted).length,
    ...(ready.length > 0 ? { production_ready: ready.every((value) => value === true) } : {}),
  };
}

function listIn(context: TaskContext, key: string): readonly unknown[] {
  const value = Object.hasOwn(context, key) ? context[key] : undefined;
  return Array.isArray(value) ? value : [];
}

/** Joins two lists in order; items with the same JSON stand once. */
function union(first: readonly unknown[], second: readonly unknown[]): readonly unknown[] {
  const byText = new Map([...first, ...second].map((value) => [JSON.stringify(value), value]));
  return [...byText.values()];
}
