import {
  type FindAbsence,
  type Known,
  knownOf,
  knownTask,
  plansOf,
  planText,
  type Standing,
  standingOf,
  standingsOf,
} from './known.ts';
import { isOneGuard, type PromptList, type PromptPlan, versionOf } from './list.ts';
import type { News, PromptReading, TaskEvent } from './news.ts';
import { type Change, createTeller, type IsOwn } from './task-change.ts';

/** What a reader has to be told, and what it knows then. */
export interface Changes {
  readonly tasks: readonly Change[];
  /** The plans that it does not know, or not with this progress. */
  readonly plans: readonly (PromptPlan & { readonly key: string })[];
  readonly known: Known;
}

export interface Comparison {
  readonly known: Known;
  readonly reading: PromptReading;
  /** The tasks that the whole list shows. */
  readonly shown: ReadonlySet<string>;
  readonly absence: FindAbsence;
  readonly isOwn: IsOwn;
}

/** What a reader is told of at most, all in all, before it is shown the whole list again. */
const mostKnown = 60;

/**
 * Compares what a reader was told with a list, so that it then knows all that the whole list shows.
 * The tasks themselves say what has changed, and the events only who did it: nothing is missed where
 * the one does not fit the other, as in a restored backup.
 *
 * @returns undefined where only the whole list can be told.
 */
export function compareWithKnown(comparison: Comparison): Changes | undefined {
  const { known, reading, shown, absence } = comparison;
  const { list, news } = reading;
  if (known.slug !== list.slug) return undefined;
  // A list that counts as many events as before, or fewer, is another one: a backup, restored.
  const isByTime = list.seq === known.seq && isOneGuard(versionOf(list), known.version);
  if (news?.events === undefined || (list.seq <= known.seq && !isByTime)) return undefined;
  // Other keys are told by the whole list.
  if (news.events.some(({ verb }) => verb === 'moved')) return undefined;
  const now = standingNow(comparison, news);
  if (known.tasks.some(({ key }) => !now.has(key))) return undefined;
  const then = new Map(known.tasks.map((task) => [task.key, task]));
  const tell = createTeller(comparison.isOwn, news.events);
  const tasks = [...now.values()].flatMap((task) => tell(then.get(task.key), task));
  const whole = knownOf(list, shown, absence);
  const kept = [...now.values()].filter(({ key }) => !shown.has(key));
  const next = [...whole.tasks, ...kept.flatMap((task) => knownTask(task) ?? [])];
  if (next.length > mostKnown) return undefined;
  return {
    tasks,
    plans: changedPlans(comparison, { tasks, events: news.events }),
    known: { ...whole, tasks: next },
  };
}

/** How the tasks stand that the reader knows, is to know, or has changed itself. */
function standingNow(
  { reading: { list }, shown, absence, isOwn }: Comparison,
  { tasks, touched, events = [] }: News,
): ReadonlyMap<string, Standing> {
  const own = new Set(events.filter(isOwn).map(({ key }) => key));
  // Without a claim nothing is known of whom to name: the list shows such a task, or is cut.
  const ownNow = touched.filter(({ key, state }) => own.has(key) && state !== 'in_progress');
  return new Map(
    [
      ...[...ownNow, ...tasks].map((task) => standingOf(task, absence)),
      ...standingsOf(list, absence).filter(({ key }) => shown.has(key)),
    ].map((task) => [task.key, task]),
  );
}

/** Compares holders with what a reader was told of the same list: who has gone, and who is back. */
export function compareHolders(known: Known, list: PromptList, absence: FindAbsence): Changes {
  const then = new Map(known.tasks.map((task) => [task.key, task]));
  const flipped = standingsOf(list, absence).filter(({ key, part, claim }) => {
    const before = then.get(key)?.part;
    return claim !== null && before !== undefined && before !== part;
  });
  if (flipped.length === 0) return { tasks: [], plans: [], known };
  const now = new Map(flipped.map((task) => [task.key, knownTask(task)]));
  return {
    tasks: flipped.map((task) => ({
      ...{ kind: task.part === 'abandoned' ? 'abandoned' : 'working', task, by: undefined },
    })),
    plans: [],
    known: { ...known, tasks: known.tasks.map((task) => now.get(task.key) ?? task) },
  };
}

/** Whether a list is the one that a reader was told of. */
export function isSameList(known: Known, list: PromptList): boolean {
  return known.version === versionOf(list) && known.slug === list.slug;
}

/** The plans to tell, which are not those that the reader alone has changed. */
function changedPlans(
  { known, reading: { list }, shown, isOwn }: Comparison,
  { tasks, events }: { readonly tasks: readonly Change[]; readonly events: readonly TaskEvent[] },
): Changes['plans'] {
  const then = new Map(known.plans);
  const touched = [
    ...tasks.map(({ task }) => task.key),
    ...events.filter((event) => !isOwn(event)).map(({ key }) => key),
  ];
  return [...plansOf(list, shown)]
    .filter(([key, plan]) => then.get(key) !== planText(plan))
    .filter(([key]) => touched.some((each) => each === key || each.startsWith(`${key}.`)))
    .map(([key, plan]) => ({ ...plan, key }));
}
