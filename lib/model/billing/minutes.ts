import { byWord } from '../known-word.ts';
import type { Client } from '../registry/entry.ts';
import { type MinutesRuleName, minutesRules } from '../registry/minutes-rule.ts';
import { roundings } from '../registry/rounding.ts';
import type { MinutesPart } from '../run/minutes-part.ts';
import { minuteMs, type Run } from '../run/run.ts';

/**
 * Rounds milliseconds to the minutes that are billed, by the client's rule.
 *
 * @throws DocketError `schema_too_new` for a rounding of a newer docket.
 */
export function roundToBill(
  timeMs: number,
  { roundingMinutes, roundingMode }: Pick<Client, 'roundingMinutes' | 'roundingMode'>,
): number {
  return byWord(roundings, roundingMode, 'rounding').round(timeMs / minuteMs, roundingMinutes);
}

/** The fields of a task that decide how many of its minutes are billed. */
export interface TimedTask {
  readonly id: string;
  readonly parentId: string | null;
  readonly billable: boolean;
  readonly billableMinutes: number | null;
  readonly billableMinutesBy: string | null;
}

/** The time of one run of a task. */
export type WorkedTime = Pick<Run, 'activeMs' | 'proposedMinutes' | 'clock' | 'agent' | 'actor'> & {
  readonly taskId: string;
};

/** A task with its subtasks, as far as time matters. */
export interface WorkedTask
  extends Pick<TimedTask, 'billable' | 'billableMinutes' | 'billableMinutesBy'> {
  readonly runs: readonly Omit<WorkedTime, 'taskId'>[];
  readonly subtasks: readonly WorkedTask[];
}

/** Gives what is known of the time of a task with everything below it, as `partsOf` does. */
export function partsOfTask(
  task: TimedTask,
  below: readonly TimedTask[],
  { worked, rule }: { readonly worked: readonly WorkedTime[]; readonly rule: MinutesRuleName },
): readonly MinutesPart[] {
  const runs = Map.groupBy(worked, ({ taskId }) => taskId);
  const children = Map.groupBy(below, ({ parentId }) => parentId);
  const workOf = (each: TimedTask): WorkedTask => ({
    ...each,
    runs: runs.get(each.id) ?? [],
    subtasks: (children.get(each.id) ?? []).map(workOf),
  });
  return partsOf(workOf(task), rule);
}

/**
 * Gives what was measured, proposed and said of the time of a task and its billable subtasks. What
 * somebody said is billed in place of all else there and below; else each run's time is, as the
 * client's rule has it. Nothing is rounded.
 *
 * @throws DocketError `schema_too_new` for a rule of a newer docket.
 */
export function partsOf(task: WorkedTask, rule: MinutesRuleName): readonly MinutesPart[] {
  const { takesProposed } = byWord(minutesRules, rule, 'rule for minutes');
  const found: MinutesPart[] = [];
  const add = ({ runs, subtasks, ...said }: WorkedTask, isBilled: boolean): void => {
    const { billableMinutes: minutes, billableMinutesBy: by } = said;
    if (minutes !== null)
      found.push({ from: 'said', by, ms: minutes * minuteMs, billed: isBilled });
    const counts = isBilled && minutes === null;
    for (const run of runs) found.push(...partsOfRun(run, { counts, takesProposed }));
    for (const each of subtasks) if (each.billable) add(each, counts);
  };
  add(task, true);
  return merged(found);
}

function partsOfRun(
  { activeMs, proposedMinutes, clock, agent, actor }: WorkedTask['runs'][number],
  { counts, takesProposed }: { readonly counts: boolean; readonly takesProposed: boolean },
): readonly MinutesPart[] {
  const takes = takesProposed && proposedMinutes !== null && clock !== 'said';
  const own = clock === 'said' ? { from: 'said', by: actor } : { from: 'measured', by: null };
  const proposed = {
    from: 'proposed',
    by: agent || null,
    ms: (proposedMinutes ?? 0) * minuteMs,
    billed: counts && takes,
  } as const;
  return [
    { ...(own as Pick<MinutesPart, 'from' | 'by'>), ms: activeMs, billed: counts && !takes },
    ...(proposedMinutes === null ? [] : [proposed]),
  ];
}

/** Adds parts of one origin up; what was measured as nothing is left out. */
function merged(parts: readonly MinutesPart[]): readonly MinutesPart[] {
  const groups = Map.groupBy(parts, ({ from, by, billed }) => JSON.stringify([from, by, billed]));
  return [...groups.values()]
    .flatMap(([first, ...rest]) =>
      first === undefined
        ? []
        : [{ ...first, ms: rest.reduce((sum, { ms }) => sum + ms, first.ms) }],
    )
    .filter(({ from, ms }) => from !== 'measured' || ms > 0);
}

/** Adds up the milliseconds of the parts that are billed. */
export function billedTime(parts: readonly MinutesPart[]): number {
  return parts.reduce((sum, { ms, billed }) => (billed ? sum + ms : sum), 0);
}
