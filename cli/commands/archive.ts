import { withList } from '../../lib/access/open-list.ts';
import { DocketError } from '../../lib/model/errors.ts';
import { archive, fewestDays } from '../../lib/operations/archive.ts';
import { renderArchived } from '../../lib/render/figures/archive.ts';
import { archiveTasks } from '../../lib/tracker/archive/archive-tasks.ts';
import { defineCommand } from '../command/command.ts';
import { onceASecond, progressAtTerminal } from '../command/moving.ts';

const days: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };

export const command = defineCommand({
  verb: archive,
  usage: '--older AGE [--dry-run]',
  args: { min: 0, max: 0 },
  flags: {
    older: {
      type: 'string',
      value: 'AGE',
      description: `how long ago work ended: 180d, 26w, 6m or 2y; ${fewestDays}d at least`,
    },
    'dry-run': { type: 'boolean', description: 'say what would be done, and do nothing' },
  },
  examples: ['docket archive --older 180d --dry-run', 'docket archive --older 1y'],
  run({ flags: { older, 'dry-run': dryRun, database }, io }) {
    const age = readDays(older);
    const tell = onceASecond(progressAtTerminal(io));
    return withList({ ...io, database }, async ({ scope }) => {
      const data = await archiveTasks(scope, {
        ...{ olderThan: age * 86_400_000, dryRun },
        onProgress: ({ looked, archived }) =>
          tell(`Looked at ${looked} tasks that ended, ${archived} archived with theirs ...`),
      });
      return { data, text: renderArchived(data, { again: `--older ${older}`, style: io.style }) };
    });
  },
});

/** Reads an age as days. @throws DocketError `usage` */
function readDays(text: string | undefined): number {
  const [, count = '', unit = ''] = /^([0-9]{1,5})([dwmy])$/.exec(text ?? '') ?? [];
  const age = Number(count) * (days[unit] ?? Number.NaN);
  if (age >= fewestDays && age <= 36_500) return age;
  throw new DocketError(
    'usage',
    text === undefined
      ? 'docket archive needs --older AGE'
      : `--older: ${JSON.stringify(text)} is not allowed`,
    { hint: `So many days, weeks, months of 30 days, or years, ${fewestDays}d at least: 180d` },
  );
}
