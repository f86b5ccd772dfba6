/** The fields of an event that tell who did what to which task. */
export interface PastEvent {
  readonly verb: string;
  readonly taskId: string | null;
  readonly session: string;
  readonly actor: string;
  readonly createdAt: string;
  /** The verb that an undo took back; otherwise none. */
  readonly undid?: string;
}

/** The work of one session, as far back as events were read. */
export interface SessionWork {
  readonly session: string;
  /** The name that it used last. */
  readonly actor: string;
  readonly lastAt: string;
  /** Ids of the tasks that it completed and that were not opened again; newest first. */
  readonly completed: readonly string[];
  /** Ids of the tasks that it created, newest first. */
  readonly created: readonly string[];
}

/** Verbs that decide whether a task that was completed still is. */
const closings = ['completed', 'cancelled', 'reopened'];

export interface Gathering {
  /** The number of sessions beside the own one. */
  readonly count: number;
  /** The session that asks: it is told of itself, too, and takes no other's place. */
  readonly own: string;
  /** The sessions that have a task in progress. */
  readonly holders: ReadonlySet<string>;
}

/**
 * Gathers the sessions that acted last, the latest first, with their work. One that left nothing,
 * as it only noted something, is not among them.
 *
 * @param events newest first
 */
export function gatherSessions(
  events: readonly PastEvent[],
  { count, own, holders }: Gathering,
): readonly SessionWork[] {
  const works = new Map<string, SessionWork & { completed: string[]; created: string[] }>();
  const decided = new Set<string>();
  const undone = new Map<string, number>();
  for (const { verb, taskId, session, actor, createdAt, undid = '' } of events) {
    if (!works.has(session)) {
      works.set(session, { session, actor, lastAt: createdAt, completed: [], created: [] });
    }
    if (taskId === null) continue;
    const work = works.get(session);
    if (verb === 'created') work?.created.push(taskId);
    const count = undone.get(taskId) ?? 0;
    if (closings.includes(undid)) undone.set(taskId, count + 1);
    if (!closings.includes(verb) || decided.has(taskId)) continue;
    // What was taken back decides nothing: the verb before it does.
    if (count > 0) {
      undone.set(taskId, count - 1);
      continue;
    }
    decided.add(taskId);
    if (verb === 'completed') work?.completed.push(taskId);
  }
  const told = [...works.values()].filter(
    ({ session, completed, created }) =>
      completed.length + created.length > 0 || holders.has(session),
  );
  const others = told.filter(({ session }) => session !== own).slice(0, count);
  return told.filter((work) => work.session === own || others.includes(work));
}

/** A task and its container, to group a session's new tasks as trees. */
export interface NewTask {
  readonly id: string;
  readonly parentId: string | null;
}

/** Finds the tops of some new tasks, each with how many are below it, in the given order. */
export function gatherTrees(
  tasks: readonly NewTask[],
): readonly { readonly id: string; readonly below: number }[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const below = new Map<string, number>();
  for (const task of tasks) {
    const top = topOf(task, byId);
    below.set(top.id, (below.get(top.id) ?? 0) + (top === task ? 0 : 1));
  }
  const tops = tasks.filter((task) => topOf(task, byId) === task);
  return tops.map(({ id }) => ({ id, below: below.get(id) ?? 0 }));
}

function topOf(task: NewTask, byId: ReadonlyMap<string, NewTask>): NewTask {
  let top = task;
  for (;;) {
    const parent = top.parentId === null ? undefined : byId.get(top.parentId);
    if (parent === undefined) return top;
    top = parent;
  }
}
