/** What a model knows of a task that is open, from what it has read. */
export interface ReadTask {
  part: 'claimed' | 'abandoned' | 'blocked' | 'ready';
  title: string;
  priority: number;
  /** Who holds it, as it is written; `you` of the reader. */
  who?: string | undefined;
  /** The reason of a blocked task, the last note of a claimed one. */
  detail?: string | undefined;
}

/** What somebody knows who reads the texts of prompts, and remembers them. */
export interface ReadList {
  readonly tasks: Map<string, ReadTask>;
  /** Plans with their progress: `1 of 3`. */
  readonly plans: Map<string, string>;
}

const task = String.raw`(?<key>[a-z0-9]+-[a-z0-9.]+) P(?<priority>\d) (?<title>[\w ]+)`;
const who = String.raw`(?<who>you, agent [\w-]+|[^\s,:()]+)`;
const note = `(?:; last note: (?<detail>.+))?`;
const claimed = String.raw`${task} \(${who}, [^;()]+${note}\)`;
const abandoned = String.raw`${task} \(${who}: [^()]+\): docket claim \S+ --steal`;
const by = String.raw`(?: by (?<by>\S+))?`;

/** How each line of a list or of changes reads, and what it says of its task. */
const lines: readonly (readonly [string, ReadTask['part'] | 'closed' | 'noted' | 'changed'])[] = [
  [`In progress: ${claimed}`, 'claimed'],
  [`(?:Claimed|Taken from you) by ${who}: ${task}${note}`, 'claimed'],
  [`Abandoned: ${abandoned}`, 'abandoned'],
  [`Blocked${by}: ${task}: (?<detail>.+)`, 'blocked'],
  [`(?:Now ready|(?:Released|Unblocked|Reopened)${by}, ready): ${task}`, 'ready'],
  [`(?:Done|Cancelled)${by}: ${task}(?:: .*)?`, 'closed'],
  [`(?:Waits again|Has subtasks now): ${task}`, 'closed'],
  [String.raw`Noted${by}: (?<key>\S+): (?<detail>.+)`, 'noted'],
  [`Changed${by}: ${task}`, 'changed'],
];

const sections: Readonly<Record<string, readonly [string, ReadTask['part']]>> = {
  'In progress': [claimed, 'claimed'],
  Abandoned: [abandoned, 'abandoned'],
  Blocked: [`${task}: (?<detail>.+)`, 'blocked'],
  Ready: [task, 'ready'],
};

export function nothingRead(): ReadList {
  return { tasks: new Map(), plans: new Map() };
}

export type LineKind = (typeof lines)[number][1];

/**
 * Reads a prompt's text as a model does; fails at a line that it cannot make sense of.
 *
 * @param skipped a kind of changes that this reader does not take in.
 */
export function read(list: ReadList, text: string | undefined, skipped?: LineKind): void {
  if (text === undefined || text.startsWith('docket: no changes by others (')) return;
  const [, first = '', ...rest] = text.split('\n');
  if (first.startsWith('Shared task list')) readWhole(list, rest.slice(0, -2));
  else if (first.startsWith('Changed since')) readChanges(list, rest.slice(0, -1), skipped);
  else throw new Error(`what is that? ${text}`);
}

function readWhole({ tasks, plans }: ReadList, body: readonly string[]): void {
  tasks.clear();
  plans.clear();
  let section: (typeof sections)[string] | undefined;
  for (const line of body) {
    const heading = /^[A-Z][a-z ]+(?=$|, \d)/.exec(line)?.[0] ?? '';
    const plan = /\((?<key>[^\s,()]+), (?<progress>\d+ of \d+)\)$/.exec(line)?.groups;
    if (sections[heading] !== undefined) section = sections[heading];
    else if (/^(?: {2})?- /.test(line) && section !== undefined) {
      const groups = new RegExp(`^(?: {2})?- ${section[0]}$`).exec(line)?.groups;
      if (groups === undefined) throw new Error(`what is that line? ${line}`);
      tasks.set(groups.key ?? '', taskOf(groups, section[1]));
    } else if (plan !== undefined) plans.set(plan.key ?? '', plan.progress ?? '');
    else if (!/^(?:\+\d+ more|Waiting: |Nothing is open)/.test(line)) {
      throw new Error(`what is that line? ${line}`);
    }
  }
}

function readChanges(list: ReadList, body: readonly string[], skipped?: LineKind): void {
  for (const line of body) {
    const plan = /^Plan: .*\((?<key>[^\s,()]+), (?<progress>\d+ of \d+)\)$/.exec(line)?.groups;
    if (plan !== undefined) list.plans.set(plan.key ?? '', plan.progress ?? '');
    else if (!line.startsWith('Now: ')) readChange(list.tasks, line, skipped);
  }
}

function readChange(tasks: ReadList['tasks'], line: string, skipped?: LineKind): void {
  for (const [pattern, kind] of lines) {
    const groups = new RegExp(`^- ${pattern}$`).exec(line)?.groups;
    if (groups === undefined) continue;
    if (kind === skipped) return;
    const { key = '' } = groups;
    const before = tasks.get(key);
    if (kind === 'closed') tasks.delete(key);
    else if (kind !== 'noted' && kind !== 'changed') tasks.set(key, taskOf(groups, kind));
    else if (before === undefined) throw new Error(`that was never told of: ${line}`);
    else if (kind === 'noted') before.detail = groups.detail;
    else Object.assign(before, { title: groups.title, priority: Number(groups.priority) });
    return;
  }
  throw new Error(`what is that line? ${line}`);
}

function taskOf(groups: Record<string, string | undefined>, part: ReadTask['part']): ReadTask {
  const { title = '', priority, who: holder, detail } = groups;
  return { part, title, priority: Number(priority), who: holder, detail };
}
