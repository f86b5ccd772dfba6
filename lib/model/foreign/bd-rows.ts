import { type Fields, textOf } from './foreign-task.ts';

/** Rows of bd's tables, by the names of their columns; times are UTC text. */
export interface BdRows {
  readonly issues: readonly Fields[];
  readonly labels: readonly Fields[];
  readonly dependencies: readonly Fields[];
  readonly comments: readonly Fields[];
}

/** What bd derives from other columns, and does not export either. */
const derived = ['content_hash', 'is_blocked'];

/** 0 or 1 in the database, and a boolean in what bd exports. */
const flags = ['ephemeral', 'no_history', 'pinned', 'is_template'];

/** Makes issues of bd's rows, as its JSONL has them: a field that is empty is left out. */
export function issuesOfRows({ issues, ...beside }: BdRows): readonly Fields[] {
  const labels = byIssue(beside.labels);
  const dependencies = byIssue(beside.dependencies);
  const comments = byIssue(beside.comments);
  return issues.map((row) => {
    const id = String(row.id);
    const lists = {
      labels: (labels.get(id) ?? []).map(({ label }) => label),
      dependencies: (dependencies.get(id) ?? []).map(toDependency),
      comments: (comments.get(id) ?? []).map(filled).sort(inOrder),
    };
    const filledLists = Object.entries(lists).filter(([, list]) => list.length > 0);
    return { ...toIssue(row), ...Object.fromEntries(filledLists) };
  });
}

function toIssue(row: Fields): Fields {
  const issue = Object.entries(filled(row))
    .filter(([name]) => !derived.includes(name))
    .map(([name, value]) => [name, flags.includes(name) ? value === 1 : value]);
  // The most urgent priority is 0, and not an absent one.
  return { ...Object.fromEntries(issue), priority: row.priority, ...metadataOf(row.metadata) };
}

function toDependency(row: Fields): Fields {
  const { depends_on_issue_id: issue, depends_on_wisp_id: wisp, ...rest } = filled(row);
  const { depends_on_external: external, id: _, ...others } = rest;
  return { depends_on_id: issue ?? wisp ?? external, ...others };
}

function metadataOf(value: unknown): Fields {
  const text = textOf(value);
  if (text === undefined || text === '{}') return {};
  try {
    return { metadata: JSON.parse(text) };
  } catch {
    return { metadata: text };
  }
}

function filled(row: Fields): Fields {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null && value !== '' && value !== 0)
      .filter(([name, value]) => name !== 'metadata' || value !== '{}')
      .map(([name, value]) => [name, isTime(value) ? `${value.replace(' ', 'T')}Z` : value]),
  );
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$/.test(value);
}

function inOrder(one: Fields, other: Fields): number {
  return String(one.created_at).localeCompare(String(other.created_at), 'en');
}

function byIssue(rows: readonly Fields[]): ReadonlyMap<string, readonly Fields[]> {
  return Map.groupBy(rows, (row) => String(row.issue_id));
}
