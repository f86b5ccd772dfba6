import { parentKey } from '../task/key-tree.ts';
import type { Worker } from '../task/task.ts';
import { isOpenPart, type KnownTask, knownTask, type Part, type Standing } from './known.ts';
import type { TaskEvent } from './news.ts';

/** Whether the reader is who did something, and knows. */
export type IsOwn = (worker: Worker) => boolean;

/** What happened to a task that the reader knows, or is to know. */
export type ChangeKind =
  | ('done' | 'cancelled' | 'taken' | 'claimed' | 'working' | 'abandoned' | 'blocked')
  | ('released' | 'unblocked' | 'reopened' | 'ready' | 'scheduled' | 'waiting')
  | ('split' | 'noted' | 'changed');

export interface Change {
  readonly kind: ChangeKind;
  readonly task: Standing;
  /** Who did it, where an event says so. */
  readonly by: Worker | undefined;
}

/** The verbs that change where a task stands, and where it does after them; others change its text. */
const leadsTo: Readonly<Record<string, readonly Part[]>> = {
  created: ['ready', 'scheduled', 'waiting'],
  linked: ['ready', 'scheduled', 'waiting'],
  unlinked: ['ready', 'scheduled', 'waiting'],
  scheduled: ['ready', 'scheduled', 'waiting'],
  claimed: ['claimed'],
  stolen: ['claimed', 'blocked'],
  claim_moved: ['claimed', 'blocked'],
  released: ['ready', 'scheduled'],
  reopened: ['ready', 'scheduled', 'waiting'],
  unblocked: ['ready', 'scheduled', 'claimed'],
  blocked: ['blocked'],
  completed: ['completed'],
  cancelled: ['cancelled'],
  undone: ['ready', 'waiting', 'claimed', 'abandoned', 'blocked', 'completed', 'cancelled'],
};

/** Tells how a task stands now, to a reader who knows how it stood. */
export type Tell = (then: KnownTask | undefined, now: Standing) => readonly Change[];

/** Makes what tells of tasks, with the events since. */
export function createTeller(isOwn: IsOwn, events: readonly TaskEvent[]): Tell {
  const byKey = Map.groupBy(events, ({ key }) => key);
  // A task is split by its first subtask, whose event it is.
  const madeBelow = Map.groupBy(events, ({ key, verb }) => verb === 'created' && parentKey(key));

  /** Whether the reader knows by its own command, after which nothing else led the task on. */
  function isToldBy(event: TaskEvent | undefined, { part, key }: Standing): boolean {
    if (event === undefined || !isOwn(event)) return false;
    // Its time has come since.
    if (part === 'ready' && event.wasEarly) return false;
    const later = events.slice(events.indexOf(event) + 1).filter((each) => each.key !== key);
    if (part === 'waiting' && later.some((each) => mayHold(key, each))) return false;
    if (part === 'ready' && later.some(({ verb }) => freeing.has(verb))) return false;
    return part === 'split' || (leadsTo[event.verb]?.includes(part) ?? false);
  }

  /** Whether an event of another task may have a task wait. */
  function mayHold(key: string, { key: other, verb, ...worker }: TaskEvent): boolean {
    // What was done already is not, with a new subtask.
    if (verb === 'created') return !isOwn(worker);
    return (
      verb === 'reopened' || verb === 'undone' || (verb === 'linked' && key.startsWith(`${other}.`))
    );
  }

  return (then, now) => {
    const own = byKey.get(now.key) ?? [];
    const newest = (isVerb: (verb: string) => boolean) => own.findLast(({ verb }) => isVerb(verb));
    const by =
      now.part === 'split'
        ? madeBelow.get(now.key)?.at(0)
        : newest((verb) => Object.hasOwn(leadsTo, verb));
    // The reader has begun it since, or only read of it, and another may have ended it.
    const isUnseen = then === undefined && !isOpenPart(now.part);
    // After an own command it knew another state than the one that it was told of.
    const hasMoved = own.some((event) => Object.hasOwn(leadsTo, event.verb) && isOwn(event));
    const isNews = isUnseen ? by !== undefined : hasMoved || !stands(then, now);
    if (isNews && !isToldBy(by, now)) {
      return [{ kind: kindOf(now, { then, by, isOwn }), task: now, by }];
    }
    if (!isOpenPart(now.part)) return [];
    const noted = newest((verb) => verb === 'noted');
    const updated = newest((verb) => verb === 'updated' || verb === 'undone');
    // Who takes a task over is handed its notes.
    const isKnown = noted === undefined ? takes.has(by?.verb ?? '') : isOwn(noted);
    const isNoted = now.part === 'claimed' && knownTask(now)?.detail !== noteOf(then);
    const isChanged = now.title !== then?.title || now.priority !== then.priority;
    return [
      ...(isNoted && !isKnown ? [{ kind: 'noted' as const, task: now, by: noted }] : []),
      ...(isChanged && (updated === undefined ? then !== undefined : !isOwn(updated))
        ? [{ kind: 'changed' as const, task: now, by: updated }]
        : []),
    ];
  };
}

/** The verbs that may make others ready, which have no event of their own then. */
const freeing: ReadonlySet<string> = new Set(['completed', 'cancelled', 'unlinked', 'undone']);

/** The verbs that hand a task over, with its notes. */
const takes: ReadonlySet<string> = new Set(['claimed', 'stolen', 'claim_moved']);

function noteOf(then: KnownTask | undefined): string | undefined {
  return then?.part === 'claimed' ? then.detail : undefined;
}

/** Whether a task stands where the reader believes it to. */
function stands(then: KnownTask | undefined, now: Standing): boolean {
  const next = knownTask(now);
  return (
    then?.part === next?.part &&
    then?.holder?.join(' ') === next?.holder?.join(' ') &&
    (now.part !== 'blocked' || then?.detail === next?.detail)
  );
}

function kindOf(
  { part, claim }: Standing,
  {
    then,
    by,
    isOwn,
  }: {
    readonly then: KnownTask | undefined;
    readonly by: TaskEvent | undefined;
    readonly isOwn: IsOwn;
  },
): ChangeKind {
  switch (part) {
    case 'completed':
      return 'done';
    case 'claimed': {
      const [session, agent] = then?.part === 'claimed' ? (then.holder ?? []) : [];
      const wasOwn =
        session !== undefined && agent !== undefined && isOwn({ session, agent, actor: '' });
      if (wasOwn && claim !== null && !isOwn(claim)) return 'taken';
      return by === undefined || ['unblocked', 'undone'].includes(by.verb) ? 'working' : 'claimed';
    }
    case 'ready':
      return (
        (['released', 'unblocked', 'reopened'] as const).find((verb) => verb === by?.verb) ?? part
      );
    default:
      return part;
  }
}
