import { type Absence, absenceOf, type ProcessProbe } from '../liveness.ts';
import { parentKey } from '../task/key-tree.ts';
import { type PromptClaim, type PromptList, type PromptPlan, versionOf } from './list.ts';
import type { TaskNow, TaskState } from './news.ts';

/** Where a task stands for a reader, who also sees whether the holder of a claim has gone. */
export type Part = Exclude<TaskState, 'in_progress'> | 'claimed' | 'abandoned';

/** The parts of a list that a reader is shown the tasks of. */
const openParts = ['claimed', 'abandoned', 'blocked', 'ready'] as const;
export type OpenPart = (typeof openParts)[number];

/** A task as it stands for a reader. */
export interface Standing extends Omit<TaskNow, 'state'> {
  readonly part: Part;
}

/** What a reader was told of a task that is open. */
export interface KnownTask {
  readonly key: string;
  readonly part: OpenPart;
  readonly priority: number;
  readonly title: string;
  /** The session and the agent that hold the claim. */
  readonly holder?: readonly [session: string, agent: string];
  /** The reason of a blocked task, the last note of a claimed one, as far as it is shown. */
  readonly detail?: string;
}

/** What a conversation was told of a list: plain data, for the next prompt to go on from. */
export interface Known {
  readonly slug: string;
  readonly version: string;
  readonly seq: number;
  readonly tasks: readonly KnownTask[];
  /** The plans that were named, with their progress. */
  readonly plans: readonly (readonly [key: string, text: string])[];
}

/** Whether data that was kept is what a reader knows; a cut or edited file is not. */
export function isKnown(value: unknown): value is Known {
  if (typeof value !== 'object' || value === null) return false;
  const { slug, version, seq, tasks, plans } = value as Record<string, unknown>;
  const isTask = (task: unknown) =>
    typeof task === 'object' &&
    task !== null &&
    typeof (task as Partial<KnownTask>).key === 'string' &&
    openParts.some((part) => part === (task as Partial<KnownTask>).part);
  return (
    [slug, version].every((text) => typeof text === 'string') &&
    Number.isSafeInteger(seq) &&
    [tasks, plans].every(Array.isArray) &&
    (tasks as readonly unknown[]).every(isTask) &&
    (plans as readonly unknown[]).every(Array.isArray)
  );
}

/** Tells whether and how the holder of a claim has gone. */
export type FindAbsence = (claim: PromptClaim) => Absence | undefined;

export function absenceAt({ at }: PromptList, probe: ProcessProbe): FindAbsence {
  return (claim) => absenceOf(claim, claim.holder ?? undefined, { now: at, probe });
}

/** Gives the tasks of a list that a reader is shown, as they stand. */
export function standingsOf(list: PromptList, absence: FindAbsence): readonly Standing[] {
  const { mine, others, blocked, ready } = list;
  return [
    ...[...mine, ...others].map((claim) => standingOfClaim(claim, absence)),
    ...blocked.map((task) => ({
      ...task,
      part: 'blocked' as const,
      claim: null,
      detail: task.reason,
    })),
    ...ready.map((task) => ({ ...task, part: 'ready' as const, claim: null, detail: null })),
  ];
}

/** Gives a task as it stands for a reader. */
export function standingOf(now: TaskNow, absence: FindAbsence): Standing {
  if (now.claim !== null) return standingOfClaim(now.claim, absence);
  // The check that a task in progress is claimed holds on every engine.
  return { ...now, part: now.state === 'in_progress' ? 'claimed' : now.state };
}

function standingOfClaim(claim: PromptClaim, absence: FindAbsence): Standing {
  const isGone = absence(claim) !== undefined;
  return { ...claim, part: isGone ? 'abandoned' : 'claimed', claim, detail: claim.lastNote };
}

export function isOpenPart(part: Part): part is OpenPart {
  return openParts.some((open) => open === part);
}

/** The UTF-16 units of a reason or a note that are compared, more than are shown. */
const compared = 200;

/** Gives what a reader who is shown a task then knows; undefined of one that is not shown. */
export function knownTask({ part, claim, ...task }: Standing): KnownTask | undefined {
  if (!isOpenPart(part)) return undefined;
  const hasDetail = (part === 'claimed' || part === 'blocked') && task.detail;
  return {
    ...{ key: task.key, part, priority: task.priority, title: task.title },
    ...(claim === null ? {} : { holder: [claim.session, claim.agent] as const }),
    ...(hasDetail ? { detail: hasDetail.slice(0, compared) } : {}),
  };
}

/** The plans of tasks, by key. */
export function plansOf(
  list: PromptList,
  keys: ReadonlySet<string>,
): ReadonlyMap<string, PromptPlan> {
  const { mine, others, blocked, ready } = list;
  return new Map(
    [...mine, ...others, ...blocked, ...ready].flatMap(({ key, plan }) => {
      const parent = parentKey(key);
      return plan === null || parent === null || !keys.has(key) ? [] : [[parent, plan] as const];
    }),
  );
}

/** Writes what is known of a plan, to tell whether it has changed. */
export function planText({ title, done, total }: PromptPlan): string {
  return `${done} of ${total} ${title}`;
}

/** What a reader knows who is shown these tasks of a list, and only these. */
export function knownOf(list: PromptList, keys: ReadonlySet<string>, absence: FindAbsence): Known {
  const tasks = standingsOf(list, absence).filter(({ key }) => keys.has(key));
  return {
    ...{ slug: list.slug, version: versionOf(list), seq: list.seq },
    tasks: tasks.flatMap((task) => knownTask(task) ?? []),
    plans: [...plansOf(list, keys)].map(([key, plan]) => [key, planText(plan)]),
  };
}
