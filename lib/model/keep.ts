import { DocketError } from './errors.ts';

/** How many days, weeks and months keep their last backup. */
export interface Keep {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

type Unit = keyof Keep;

const units: Readonly<Record<string, Unit>> = { d: 'days', w: 'weeks', m: 'months' };

/**
 * Reads `7d,4w,6m`: each unit once at most, and at least one of them.
 *
 * @throws DocketError `usage`
 */
export function parseKeep(text: string): Keep {
  const keep: Record<Unit, number> = { days: 0, weeks: 0, months: 0 };
  for (const part of text.split(',')) {
    const [, number = '', letter = ''] = /^([1-9]\d{0,3})([dwm])$/.exec(part.trim()) ?? [];
    const unit = units[letter];
    if (unit === undefined || keep[unit] > 0) {
      throw new DocketError('usage', `--keep does not take ${JSON.stringify(text)}`, {
        hint: 'So many days, weeks and months, from 1 to 9999 each: --keep 7d,4w,6m',
      });
    }
    keep[unit] = Number(number);
  }
  return keep;
}

const day = 86_400_000;

/**
 * The number of a period in UTC, whose weeks begin on Monday: the first of January 1970 was a
 * Thursday.
 */
const periods: Readonly<Record<Unit, (at: Date) => number>> = {
  days: (at) => Math.floor(at.getTime() / day),
  weeks: (at) => Math.floor((at.getTime() / day + 3) / 7),
  months: (at) => at.getUTCFullYear() * 12 + at.getUTCMonth(),
};

/**
 * Chooses which backups stay: the last one of each of the newest days, weeks and months that have
 * any. The newest one of all always stays.
 */
export function chooseKept<T extends { readonly at: Date }>(
  backups: readonly T[],
  keep: Keep,
): ReadonlySet<T> {
  const newestFirst = [...backups].sort((one, other) => other.at.getTime() - one.at.getTime());
  const kept = new Set(newestFirst.slice(0, 1));
  for (const unit of ['days', 'weeks', 'months'] as const) {
    const seen = new Set<number>();
    for (const backup of newestFirst) {
      const period = periods[unit](backup.at);
      if (seen.has(period)) continue;
      if (seen.size === keep[unit]) break;
      seen.add(period);
      kept.add(backup);
    }
  }
  return kept;
}
