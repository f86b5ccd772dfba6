import type { NoteView, TaskView } from '../model/answers/task.ts';
import {
  type PromptClaim,
  type PromptList,
  type PromptTask,
  promptLimits,
} from '../model/prompt/list.ts';
import { parentKey } from '../model/task/key-tree.ts';

/** The part of a task that tells where it stands in a list. */
export type ListedTask = Pick<
  TaskView,
  'key' | 'parent' | 'title' | 'status' | 'priority' | 'createdAt'
> &
  Pick<TaskView, 'subtaskCount' | 'claim' | 'blockedReason' | 'ready' | 'blockers'>;

/** The part of a verb's answer that a list can tell. */
export interface Change {
  readonly task?: ListedTask;
  /** Tasks that were changed together. */
  readonly tasks?: readonly TaskView[];
  readonly subtasks?: readonly TaskView[];
  /** The other tasks that an undo brought back. */
  readonly others?: readonly TaskView[];
  readonly nowReady?: readonly string[];
  /** Keys of new tasks, of which the answer tells no more. */
  readonly followUps?: readonly string[];
  readonly note?: NoteView;
  /** The key that the task had before it was moved. */
  readonly moved?: { readonly from: string } | null;
}

type Section = 'mine' | 'others' | 'blocked' | 'ready' | 'waiting';
type Count = keyof PromptList['counts'];

/** Sections in the order in which a task that is not shown most likely stood in them before. */
const sections: readonly Section[] = ['ready', 'waiting', 'mine', 'others', 'blocked'];

const countOf: Readonly<Record<Section, Count>> = {
  mine: 'inProgress',
  others: 'inProgress',
  blocked: 'blocked',
  ready: 'ready',
  waiting: 'waiting',
};

/**
 * Changes a list as a verb has changed it, as far as the verb's answer tells: who reads it while
 * the database is away sees what was done here. Sections may grow to twice their limits, so that
 * what is done stays in sight. The result can no longer be compared with what the database has.
 */
export function amendList(list: PromptList, change: Change): PromptList {
  const { known: _, ...before } = list;
  let amended: PromptList = before;
  const {
    task,
    tasks = [],
    subtasks = [],
    others = [],
    nowReady = [],
    followUps = [],
    note,
    moved,
  } = change;
  if (task !== undefined && moved) amended = withOtherKeys(amended, moved.from, task.key);
  const told = [...(task === undefined ? [] : [task]), ...tasks, ...subtasks, ...others];
  for (const each of told) {
    if (isOfList(each.key, list)) amended = place(amended, each);
  }
  for (const key of nowReady) amended = makeReady(amended, key);
  for (const _ of followUps) amended = recount(amended, 'ready', 1);
  return note === undefined ? amended : withNote(amended, note);
}

/** Gives a moved task and those below it their new keys. */
function withOtherKeys(list: PromptList, from: string, to: string): PromptList {
  const keyAfter = (key: string) =>
    key === from || key.startsWith(`${from}.`) ? `${to}${key.slice(from.length)}` : key;
  const renamed = <T extends PromptTask>(task: T): T => ({ ...task, key: keyAfter(task.key) });
  return {
    ...list,
    mine: list.mine.map(renamed),
    others: list.others.map(renamed),
    blocked: list.blocked.map(renamed),
    ready: list.ready.map(renamed),
    waiting: list.waiting.map((task) => ({
      ...renamed(task),
      needs: task.needs && keyAfter(task.needs),
    })),
  };
}

/** Whether a task belongs to the list's workspace, whose slug its key begins with. */
function isOfList(key: string, { slug }: PromptList): boolean {
  return key.slice(0, key.lastIndexOf('-')) === slug;
}

/** Puts a task where it belongs now. Containers, of which its parent is one, stand nowhere. */
function place(list: PromptList, task: ListedTask): PromptList {
  const { key, parent } = task;
  const isOver = task.status === 'completed' || task.status === 'cancelled';
  const isGone = (each: string) =>
    each === key || each === parent || (isOver && each.startsWith(`${key}.`));
  const kept = remove(list, isGone);
  const isNew = task.createdAt > list.at;
  const without = kept === list && !isNew ? uncount(list) : kept;
  if (isOver || task.subtaskCount > 0) return without;
  const plan = planOf(list, parent);
  const line = { ...namesOf(list, key), key, priority: task.priority, title: task.title, plan };
  if (task.claim !== null && task.status === 'in_progress') {
    return add(without, 'mine', claimOf(task, line, list));
  }
  if (task.status === 'blocked') {
    return add(without, 'blocked', { ...line, reason: task.blockedReason ?? '' });
  }
  return task.ready
    ? add(without, 'ready', line)
    : add(without, 'waiting', { ...line, needs: task.blockers[0] ?? null });
}

/** Finds how a container was last named in the list; one that was not named is not named now. */
function planOf(list: PromptList, container: string | null): PromptTask['plan'] {
  if (container === null) return null;
  const lines = sections.flatMap((section): readonly PromptTask[] => list[section]);
  return lines.find(({ key }) => parentKey(key) === container)?.plan ?? null;
}

/** Finds how the list named whom a task is for. */
function namesOf(list: PromptList, key: string): Pick<PromptTask, 'client' | 'project'> {
  const lines = sections.flatMap((section): readonly PromptTask[] => list[section]);
  const { client, project } = lines.find((line) => line.key === key) ?? {};
  return { ...(client && { client }), ...(project && { project }) };
}

/** Takes lines out of every section; the list itself when none is there. */
function remove(list: PromptList, isGone: (key: string) => boolean): PromptList {
  let left = list;
  for (const section of sections) {
    const kept = left[section].filter(({ key }) => !isGone(key));
    const gone = left[section].length - kept.length;
    if (gone > 0) left = recount({ ...left, [section]: kept }, section, -gone);
  }
  return left;
}

/** Counts a task out that is not shown, where it may have stood. */
function uncount(list: PromptList): PromptList {
  const shown = (count: Count) =>
    sections
      .filter((section) => countOf[section] === count)
      .reduce((sum, section) => sum + list[section].length, 0);
  const section = sections.find((each) => list.counts[countOf[each]] > shown(countOf[each]));
  return section === undefined ? list : recount(list, section, -1);
}

function add<S extends Section>(
  list: PromptList,
  section: S,
  line: PromptList[S][number],
): PromptList {
  const lines = [...list[section], line]
    .sort((a, b) => a.priority - b.priority)
    .slice(0, 2 * promptLimits[section]);
  return recount({ ...list, [section]: lines }, section, 1);
}

/** Changes a count, which stops at its limit and tells nothing exact there. */
function recount(list: PromptList, section: Section, by: number): PromptList {
  const name = countOf[section];
  const count = list.counts[name];
  if (count >= promptLimits.count) return list;
  return { ...list, counts: { ...list.counts, [name]: Math.max(0, count + by) } };
}

function claimOf(task: ListedTask, line: PromptTask, list: PromptList): PromptClaim {
  const { session = '', agent = '', actor = '', since = list.at } = task.claim ?? {};
  const claims = [...list.mine, ...list.others];
  return {
    ...line,
    ...{ session, agent, actor, since },
    holder: claims.find((claim) => claim.session === session)?.holder ?? null,
    lastNote: claims.find(({ key }) => key === task.key)?.lastNote ?? null,
  };
}

/** Lets a task stand among the ready ones; one that is not shown is counted. */
function makeReady(list: PromptList, key: string): PromptList {
  const found = list.waiting.find((task) => task.key === key);
  if (found === undefined) {
    return isOfList(key, list) ? recount(recount(list, 'waiting', -1), 'ready', 1) : list;
  }
  const { needs: _, ...line } = found;
  return add(
    remove(list, (each) => each === key),
    'ready',
    line,
  );
}

function withNote(list: PromptList, { task: key, text }: NoteView): PromptList {
  const noted = (claim: PromptClaim) => (claim.key === key ? { ...claim, lastNote: text } : claim);
  return { ...list, mine: list.mine.map(noted), others: list.others.map(noted) };
}
