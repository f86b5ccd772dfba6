import {
  type Fields,
  isFields,
  listOf,
  statusOf,
  textOf,
  textsOf,
  typeOf,
  without,
} from './foreign-task.ts';
import type { OutgoingLink, OutgoingTask } from './outgoing.ts';
import { plainLabels } from './plain-labels.ts';

const statuses: Readonly<Record<string, string>> = {
  pending: 'open',
  in_progress: 'in_progress',
  blocked: 'blocked',
  completed: 'closed',
  cancelled: 'closed',
};

const linkTypes: Readonly<Record<string, string>> = {
  blocks: 'blocks',
  related: 'related',
  discovered_from: 'discovered-from',
};

/** The names by which the import keeps what it does not give back as it is. */
const own = [
  'from',
  'id',
  'labels',
  'unlinked',
  'status',
  'issue_type',
  'updated_at',
  'dependencies',
];

/** Writes a task as a line of bd's JSONL; a task that came from there gets all its fields back. */
export function writeBd(task: OutgoingTask): string {
  const rest = fromBd(task.imported) ?? {};
  const id = idOf(task);
  const labels = sameLabels(rest.labels, task.labels) ? rest.labels : task.labels;
  const updated = [task.updatedAt, textOf(rest.updated_at) ?? ''].sort().at(-1) ?? '';
  const comments = task.notes.filter(({ text }) => text !== rest.notes);
  return `${JSON.stringify({
    _type: 'issue',
    id,
    title: task.title,
    ...given({ description: task.description || null }),
    ...without(rest, own),
    status: statusFor(task, rest.status),
    priority: task.priority,
    issue_type: typeFor(task, rest.issue_type),
    ...given({
      assignee: task.holder ?? rest.assignee,
      estimated_minutes: task.minutes,
      created_at: short(task.createdAt),
      created_by: rest.created_by ?? task.createdBy,
      updated_at: short(updated),
      started_at: short(task.startedAt),
      closed_at: short(task.completedAt),
      close_reason: task.outcome,
      due_at: short(task.due),
      defer_until: short(task.notBefore),
    }),
    ...(listOf(labels).length > 0 ? { labels } : {}),
    ...given({ dependencies: dependenciesOf(task, id, rest) }),
    ...given({
      comments: comments.map(({ id: comment, author, text, createdAt }) => ({
        id: comment,
        issue_id: id,
        author,
        text,
        created_at: short(createdAt),
      })),
    }),
  })}\n`;
}

function fromBd(imported: Fields | undefined): Fields | undefined {
  return imported?.from === 'bd' ? imported : undefined;
}

function idOf({ key, imported }: { readonly key: string; readonly imported: Fields | undefined }) {
  return textOf(fromBd(imported)?.id) ?? key;
}

/** Leaves out what is empty. */
function given(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) =>
        value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function short(time: string | null): string | null {
  return time === null ? null : time.replace('.000Z', 'Z');
}

/** Gives the status that it had there, as long as it is the same here. */
function statusFor({ status }: OutgoingTask, before: unknown): unknown {
  return before !== undefined && statusOf(before).status === status ? before : statuses[status];
}

function typeFor({ type }: OutgoingTask, before: unknown): unknown {
  if (before !== undefined && (typeOf(before) ?? 'implementation') === type) return before;
  return type === 'bugfix' ? 'bug' : type === 'research' ? 'spike' : 'task';
}

function sameLabels(before: unknown, now: readonly string[]): boolean {
  return before !== undefined && plainLabels(textsOf(listOf(before))).join() === now.join();
}

/** Gives those that are here, and of those from there what docket has no link for. */
function dependenciesOf(task: OutgoingTask, id: string, rest: Fields): readonly Fields[] {
  const parent = task.parent === undefined ? [] : [{ to: idOf(task.parent), type: 'parent-child' }];
  const wanted = [
    ...parent,
    ...task.links.map((link) => ({
      to: idOf(link),
      type: linkTypes[link.type] ?? link.type,
      link,
    })),
  ];
  const before = listOf(rest.dependencies).filter(isFields);
  const typeIn = ({ type }: Fields) => (type === 'relates-to' ? 'related' : (type ?? 'blocks'));
  const isWanted = (each: Fields) =>
    wanted.some(({ to, type }) => to === each.depends_on_id && type === typeIn(each));
  const isOurs = (each: Fields) =>
    ['blocks', 'related', 'discovered-from', 'parent-child'].includes(String(typeIn(each)));
  const isTold = (each: Fields) =>
    textsOf(listOf(rest.unlinked)).some((text) => text.includes(` ${each.depends_on_id}, which `));
  return [
    ...before.filter((each) => isWanted(each) || !isOurs(each) || isTold(each)),
    ...wanted
      .filter(
        ({ to, type }) =>
          !before.some((each) => each.depends_on_id === to && typeIn(each) === type),
      )
      .map(({ to, type, ...more }) => {
        const link = 'link' in more ? (more.link as OutgoingLink) : undefined;
        return {
          issue_id: id,
          depends_on_id: to,
          type,
          created_at: short(link?.createdAt ?? task.createdAt),
          created_by: link?.createdBy ?? task.createdBy,
        };
      }),
  ];
}
