import type {
  CopyAnswer,
  ExportAnswer,
  ImportedList,
  ImportedTasks,
} from '../../model/answers/moving.ts';
import { safeLine } from '../text/safe-text.ts';

/** The tables that people ask for, in their words. */
const words: Readonly<Record<string, readonly [one: string, several: string]>> = {
  tasks: ['task', 'tasks'],
  archived_tasks: ['archived task', 'archived tasks'],
  task_notes: ['note', 'notes'],
  agent_runs: ['run', 'runs'],
  task_events: ['event', 'events'],
  clients: ['client', 'clients'],
  projects: ['project', 'projects'],
  infrastructure: ['piece of infrastructure', 'pieces of infrastructure'],
  insights: ['insight', 'insights'],
  work_items: ['work item', 'work items'],
};

type Counts = ExportAnswer['counts'];

/** Counts what a list has: `12 tasks, 3 notes and 40 events`. */
export function renderCounts(counts: Counts): string {
  const parts = Object.entries(words)
    .map(([table, names]) => [counts[table] ?? 0, names] as const)
    .filter(([count, names]) => count > 0 || names === words.tasks)
    .map(([count, [one, several]]) => `${count} ${count === 1 ? one : several}`);
  return parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
}

export function renderExport({ file, workspace, counts }: ExportAnswer): string {
  return `Wrote the list ${workspace.slug} to ${safeLine(file ?? '-', 1_000)}: ${renderCounts(counts)}`;
}

/** Says what was done, or would be, to a list in a database. */
function renderMoved(
  { workspace, dryRun, counts, added, changed, removed }: Omit<ImportedList, 'file' | 'database'>,
  place: string,
): readonly string[] {
  const what = `the list ${workspace.slug}, with ${renderCounts(counts)}`;
  if (added + changed + removed === 0) return [`Nothing to do: ${place} has ${what}, as they are`];
  const rows = [
    `${added} rows ${dryRun ? 'would be added' : 'were added'}`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(removed > 0 ? [`${removed} taken away`] : []),
  ].join(', ');
  return dryRun
    ? [`${place} would have ${what}`, `${rows}; nothing was done yet`]
    : [`${place} has ${what}`, `${rows}; then all of them were compared, and are the same`];
}

export function renderImport({ database, ...moved }: ImportedList): string {
  return renderMoved(moved, safeLine(database, 1_000)).join('\n');
}

/** Remarks that a screen has, before it is told where the others are. */
const mostRemarks = 20;

export function renderImportedTasks(
  { file, format, dryRun, added, known, links, notes, remarks }: ImportedTasks,
  everything: string,
): string {
  const parts = [count(added, 'task'), count(links, 'link'), count(notes, 'note')].join(', ');
  const done = dryRun ? 'Would import' : 'Imported';
  const rest = remarks.length - mostRemarks;
  return [
    added === 0
      ? `Nothing to do: no task of ${safeLine(file, 1_000)} is new`
      : `${done} ${parts} (${format})`,
    ...(known > 0 ? [`Imported before, and left as they are: ${count(known, 'task')}`] : []),
    ...remarks.slice(0, mostRemarks).map((remark) => `  - ${safeLine(remark, 300)}`),
    ...(rest > 0 ? [`  +${rest} more: ${everything}`] : []),
    ...(dryRun ? ['Nothing was done yet'] : []),
  ].join('\n');
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

/** @param pointing the command that lets the project use the copy */
export function renderCopy(
  { from, to, followed, left, movedTo, ...moved }: CopyAnswer,
  pointing: string,
): readonly string[] {
  return [
    ...renderMoved(moved, safeLine(to, 1_000)),
    ...(followed > 0 ? [`Sessions wrote meanwhile: ${followed} rows came along`] : []),
    ...(movedTo === null
      ? []
      : [`The list has moved to ${safeLine(movedTo, 1_000)}: what came since then is there alone`]),
    ...(moved.dryRun || movedTo !== null
      ? []
      : [
          left
            ? `Nothing is changed in ${safeLine(from, 1_000)} any more. Let the project name the copy:`
            : `Sessions go on in ${safeLine(from, 1_000)} until the project names the copy:`,
          `  try: ${pointing}`,
        ]),
  ];
}
