import type { ArchiveAnswer } from '../../model/answers/moving.ts';
import { renderTime } from '../text/age.ts';
import { renderHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import type { OutputStyle } from '../text/style.ts';

/** Why trees stay, in people's words. */
const reasons: Readonly<Record<string, string>> = {
  measured: 'are among the newest, which estimates and stats measure',
  billed: 'are billed',
  needed: 'are needed by open tasks',
  learnt: 'are where insights came from',
  moved: 'were moved, and are found by former keys',
  open: 'were opened again',
};

/** Says what was archived, what stays and why, and where the rest is found. */
export function renderArchived(
  { dryRun, before, archived: { trees, tasks, notes, events }, kept }: ArchiveAnswer,
  { again, style }: { readonly again: string; readonly style: OutputStyle },
): string {
  const ended = `that ended before ${renderTime(before)}`;
  const what = `${count(tasks, 'task')} in ${count(trees, 'tree')}, with ${count(notes, 'note')} and ${count(events, 'event')}`;
  const done = dryRun ? 'Would archive' : 'Archived';
  return [
    trees === 0 ? `Nothing to archive of what ${ended.slice(5)}` : `${done} ${what}, ${ended}`,
    ...Object.entries(kept).map(
      ([reason, number]) =>
        `  ${count(number, 'tree')} stay: they ${reasons[reason] ?? safeLine(reason, 40)}`,
    ),
    ...(trees === 0 ? [] : hintsOf(dryRun, again, style)),
  ].join('\n');
}

function hintsOf(dryRun: boolean, again: string, style: OutputStyle): readonly string[] {
  return dryRun
    ? ['Nothing was done yet', renderHint(`docket archive ${again}`, style)]
    : [
        'They are found and shown as before, and reopened',
        renderHint('docket search --deep TEXT', style),
      ];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
