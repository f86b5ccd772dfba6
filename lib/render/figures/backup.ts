import type { BackupAnswer, RestoreAnswer } from '../../model/answers/backup.ts';
import { renderHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';

type Lists = BackupAnswer['lists'];

export function renderBackup({
  database,
  to,
  bytes,
  lists,
  drafts,
  retention,
}: BackupAnswer): string {
  const how =
    bytes === null ? 'with its history, by the server itself' : `${sizeOf(bytes)}, checked`;
  return [
    `Backed up ${safeLine(database, 1_000)} to ${safeLine(to, 1_000)} (${how})`,
    ...renderLists(lists),
    ...(drafts.length === 0
      ? []
      : ['Removed, as backups that were killed had left it:', ...namesOf(drafts)]),
    ...(retention === null ? [] : renderRetention(retention)),
  ].join('\n');
}

function sizeOf(bytes: number): string {
  return bytes < 1_048_576
    ? `${Math.ceil(bytes / 1024)} KiB`
    : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

function renderRetention({
  kept,
  removed,
  broken,
}: NonNullable<BackupAnswer['retention']>): readonly string[] {
  return [
    removed.length === 0
      ? `Backups of it there: ${kept}, and none was removed`
      : `Backups of it there: ${kept}, after these were removed:`,
    ...namesOf(removed),
    ...(broken.length === 0 ? [] : ['Not whole, so they count for nothing and stay:']),
    ...namesOf(broken),
  ];
}

function namesOf(list: readonly string[]): readonly string[] {
  return list.map((name) => `  - ${safeLine(name, 300)}`);
}

export function renderRestore(
  { from, database, madeDatabase, lists, next }: RestoreAnswer,
  style: OutputStyle,
): string {
  return [
    `Restored ${safeLine(from, 1_000)} to ${safeLine(database, 1_000)}${madeDatabase ? ', which was made' : ''}`,
    ...renderLists(lists),
    ...(next === null
      ? []
      : [
          'The passwords of users are in no backup. Where this server lacks its users, its administrator runs:',
          renderHint(next, style),
        ]),
  ].join('\n');
}

function renderLists(lists: Lists): readonly string[] {
  if (lists.length === 0) return ['  no list'];
  const width = Math.max(...lists.map(({ slug }) => slug.length));
  return lists.map(({ slug, tasks, archived, events }) => {
    const counts = [
      plural(tasks, 'task'),
      ...(archived > 0 ? [`${archived} archived`] : []),
      plural(events, 'event'),
    ];
    return `  ${slug.padEnd(width)}  ${counts.join(', ')}`;
  });
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
