import type { ForeignLink, ForeignTask } from '../../model/foreign/foreign-task.ts';

/** Tasks of another tracker in an order that they can be made in. */
export interface Ordered {
  /** Each after the one that it is a part of. */
  readonly tasks: readonly ForeignTask[];
  /** The links that can be made, by the ids there. */
  readonly links: readonly (ForeignLink & { readonly from: string })[];
  /** What cannot be linked, by the id of the task that says so. */
  readonly unlinked: ReadonlyMap<string, readonly string[]>;
  readonly remarks: readonly string[];
}

/**
 * Orders tasks and sorts out what cannot be: ids that come twice, parts and needs of tasks that are
 * not there, circles. All of it is told, and kept with its task.
 */
export function orderForeign(tasks: readonly ForeignTask[]): Ordered {
  const byId = new Map<string, ForeignTask>();
  const remarks: string[] = [];
  for (const task of tasks) {
    if (byId.has(task.id)) remarks.push(`${task.id} comes twice, and the first one counts`);
    else byId.set(task.id, task);
  }
  const unlinked = new Map<string, string[]>();
  const tell = (id: string, what: string) => {
    remarks.push(`${id} ${what}`);
    unlinked.set(id, [...(unlinked.get(id) ?? []), what]);
  };
  const parents = findParents(byId, tell);
  const known = [...byId.values()].flatMap(({ id, links = [] }) =>
    links.flatMap((link) => {
      if (!byId.has(link.to))
        tell(id, `is linked to ${link.to}, which is not there (${link.type})`);
      else if (link.to === id) tell(id, `is linked to ${link.to}, which is itself`);
      else return [{ ...link, from: id }];
      return [];
    }),
  );
  const links = withoutCircles(known, parents, tell);
  const ordered = inOrder([...byId.values()], parents);
  return {
    tasks: ordered.map((task) => ({ ...task, parent: parents.get(task.id) })),
    links,
    unlinked,
    remarks,
  };
}

type Tell = (id: string, what: string) => void;

function findParents(byId: ReadonlyMap<string, ForeignTask>, tell: Tell): Map<string, string> {
  const parents = new Map<string, string>();
  for (const { id, parent } of byId.values()) {
    if (parent === undefined) continue;
    if (!byId.has(parent)) tell(id, `is a part of ${parent}, which is not there`);
    else if (isWithin(parent, id, parents))
      tell(id, `is a part of ${parent}, which is a part of it`);
    else parents.set(id, parent);
  }
  return parents;
}

function isWithin(id: string, container: string, parents: ReadonlyMap<string, string>): boolean {
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) {
    if (at === container) return true;
  }
  return false;
}

function inOrder(
  tasks: readonly ForeignTask[],
  parents: ReadonlyMap<string, string>,
): readonly ForeignTask[] {
  const children = Map.groupBy(tasks, ({ id }) => parents.get(id));
  const ordered: ForeignTask[] = [];
  const left = [...(children.get(undefined) ?? [])].reverse();
  for (let task = left.pop(); task !== undefined; task = left.pop()) {
    ordered.push(task);
    left.push(...[...(children.get(task.id) ?? [])].reverse());
  }
  return ordered;
}

type Link = ForeignLink & { readonly from: string };

/**
 * Leaves out the needs that close a circle, where a task waits for what waits for it. A container
 * begins before its parts and ends after them: each task is two points in time, and each need an
 * arrow between them.
 */
function withoutCircles(
  links: readonly Link[],
  parents: ReadonlyMap<string, string>,
  tell: Tell,
): readonly Link[] {
  const arrows = new Map<string, Set<string>>();
  const add = (from: string, to: string) => {
    arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
  };
  for (const [id, parent] of parents) {
    add(`start ${parent}`, `start ${id}`);
    add(`start ${id}`, `end ${id}`);
    add(`end ${id}`, `end ${parent}`);
    add(`start ${parent}`, `end ${parent}`);
  }
  const needs = links.filter(({ type }) => type === 'blocks');
  for (const { from, to } of needs) {
    add(`start ${to}`, `end ${to}`);
    add(`start ${from}`, `end ${from}`);
    add(`end ${to}`, `start ${from}`);
  }
  if (!hasCircle(arrows)) return links;
  // Some need closes one: they are tried again one by one, in the order of the file.
  for (const { from, to } of needs) arrows.get(`end ${to}`)?.delete(`start ${from}`);
  return links.filter(({ type, from, to }) => {
    if (type !== 'blocks') return true;
    if (leadsTo(arrows, `start ${from}`, `end ${to}`)) {
      tell(from, `needs ${to}, which waits for it: a circle`);
      return false;
    }
    add(`end ${to}`, `start ${from}`);
    return true;
  });
}

function hasCircle(arrows: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const incoming = new Map<string, number>();
  for (const [from, targets] of arrows) {
    if (!incoming.has(from)) incoming.set(from, 0);
    for (const to of targets) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  }
  const free = [...incoming].filter(([, count]) => count === 0).map(([point]) => point);
  let passed = 0;
  for (let point = free.pop(); point !== undefined; point = free.pop()) {
    passed += 1;
    for (const to of arrows.get(point) ?? []) {
      const count = (incoming.get(to) ?? 0) - 1;
      incoming.set(to, count);
      if (count === 0) free.push(to);
    }
  }
  return passed < incoming.size;
}

function leadsTo(
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
  from: string,
  to: string,
): boolean {
  const seen = new Set([from]);
  const left = [from];
  for (let point = left.pop(); point !== undefined; point = left.pop()) {
    if (point === to) return true;
    for (const next of arrows.get(point) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      left.push(next);
    }
  }
  return false;
}
