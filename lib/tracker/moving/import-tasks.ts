import { DocketError } from '../../model/errors.ts';
import type { ForeignList, ForeignTask } from '../../model/foreign/foreign-task.ts';
import { limits } from '../../model/limits.ts';
import type { Task } from '../../model/task/task.ts';
import { inList } from '../../store/sql/in-list.ts';
import { ask, together } from '../../store/sql/request.ts';
import { insertNotes, type NewNote } from '../../store/tables/notes.ts';
import { type Attribution, resolveAttribution } from '../registry/attribution.ts';
import type { Scope } from '../scope.ts';
import { insertTask, makeContainer } from '../tasks/create.ts';
import { addLink, addNewLink } from '../tasks/link.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { loadWhole } from '../write/load.ts';
import type { Write } from '../write/write.ts';
import { foreignId } from './foreign-id.ts';
import { type ForeignInput, toInput } from './foreign-input.ts';
import { type Ordered, orderForeign } from './foreign-order.ts';
import { remarksOf, settleForeign, timeBefore } from './settle-foreign.ts';

/** The most tasks of one import: they are made in one transaction. */
export const mostForeign = 20_000;

/** What became of tasks of another tracker. */
export interface ImportedTasks {
  /** Tasks that were made, or would be. */
  readonly added: number;
  /** Tasks that an earlier import has made: they stay as they are. */
  readonly known: number;
  readonly links: number;
  readonly notes: number;
  /** Sentences about what is not as it was there. */
  readonly remarks: readonly string[];
}

/**
 * Makes tasks of those of another tracker, in one transaction. Each has an id that follows from the
 * list, the format and its id there, so that a second import of the same file makes nothing.
 *
 * @throws DocketError `invalid_input`: too many, or one that docket does not take
 */
export async function importTasks(
  scope: Scope,
  { tasks, remarks }: ForeignList,
  { format, dryRun = false }: { readonly format: string; readonly dryRun?: boolean | undefined },
): Promise<ImportedTasks> {
  if (tasks.length > mostForeign) {
    throw new DocketError('invalid_input', `${tasks.length} tasks are more than ${mostForeign}`, {
      hint: 'Import them in several files',
    });
  }
  const ordered = orderForeign(tasks);
  const ids = new Map(
    ordered.tasks.map(({ id }) => [id, foreignId(scope.workspaceId, format, id)] as const),
  );
  return writeWorkspace(scope, {}, async (write) => {
    const [found, archived] = await findKnown(write, [...ids.values()]);
    const isKnown = (id: string) => found.has(id) || archived.has(id);
    const fresh = ordered.tasks.filter(({ id }) => !isKnown(ids.get(id) ?? ''));
    const inputs = new Map(
      fresh.map((task) => {
        const unlinked = ordered.unlinked.get(task.id) ?? [];
        return [task.id, toInput(task, { format, unlinked })] as const;
      }),
    );
    const all = linksOf(ordered, new Set(fresh.map(({ id }) => id)));
    const archivedEnd = ({ from, to }: (typeof all)[number]) =>
      archived.get(ids.get(from) ?? '') ?? archived.get(ids.get(to) ?? '');
    const links = all.filter((link) => archivedEnd(link) === undefined);
    const loose = all.flatMap((link) => {
      const key = archivedEnd(link);
      return key === undefined
        ? []
        : [`${link.from} is not linked to ${link.to}: ${key} is archived`];
    });
    const notes = [...inputs.values()].reduce((sum, input) => sum + input.notes.length, 0);
    const answer = {
      added: fresh.length,
      known: found.size + archived.size,
      links: links.length,
      notes,
    };
    const told = [...remarks, ...ordered.remarks, ...loose, ...remarksOf(fresh)];
    if (dryRun || fresh.length === 0) return { ...answer, remarks: told };
    await loadNamed(write, { fresh, links, ids, found });
    const refused = await makeTasks(write, { fresh, inputs, ids, archived });
    const unmade = await makeLinks(write, { links, ids, found });
    const open = await settleForeign(write, { fresh, inputs, ids });
    const said = [...told, ...refused, ...unmade, ...open];
    return { ...answer, links: links.length - unmade.length, remarks: said };
  });
}

type Ids = ReadonlyMap<string, string>;
type Inputs = ReadonlyMap<string, ForeignInput>;

/** Finds the keys of tasks that were made before, by their ids: those in the list, and archived ones. */
function findKnown(write: Write, ids: readonly string[]) {
  const keysIn = (table: string) =>
    inList(
      ids,
      (list) => `SELECT id, task_key FROM ${table} WHERE id IN (${list})`,
      (rows) => new Map(rows.map((row) => [String(row.id), String(row.task_key)])),
    );
  return ask(write.db, together(keysIn('tasks'), keysIn('archived_tasks')));
}

function linksOf({ links }: Ordered, fresh: ReadonlySet<string>): Ordered['links'] {
  const seen = new Set<string>();
  return links.filter(({ from, to, type }) => {
    const name = JSON.stringify([from, to, type]);
    if (seen.has(name) || !(fresh.has(from) || fresh.has(to))) return false;
    seen.add(name);
    return true;
  });
}

/** Loads the tasks of an earlier import that new ones are a part of, or are linked to. */
async function loadNamed(
  write: Write,
  {
    fresh,
    links,
    ids,
    found,
  }: {
    readonly fresh: readonly ForeignTask[];
    readonly links: Ordered['links'];
    readonly ids: Ids;
    readonly found: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const named = [
    ...fresh.flatMap(({ parent }) => parent ?? []),
    ...links.flatMap(({ from, to }) => [from, to]),
  ];
  const known = [...new Set(named)].flatMap((name) => {
    const id = ids.get(name) ?? '';
    const key = found.get(id);
    return key === undefined ? [] : [{ id, key }];
  });
  if (known.length > 0) await loadWhole(write, known);
}

/** Makes the tasks; one whose container takes no more is made beside it, and told. */
async function makeTasks(
  write: Write,
  {
    fresh,
    inputs,
    ids,
    archived,
  }: {
    readonly fresh: readonly ForeignTask[];
    readonly inputs: Inputs;
    readonly ids: Ids;
    readonly archived: ReadonlyMap<string, string>;
  },
): Promise<readonly string[]> {
  const refused: string[] = [];
  const notes: NewNote[] = [];
  let ofRoots: Attribution | undefined;
  for (const foreign of fresh) {
    const given = inputs.get(foreign.id);
    const id = ids.get(foreign.id);
    if (given === undefined || id === undefined) continue;
    const container = foreign.parent === undefined ? undefined : ids.get(foreign.parent);
    const archivedKey = archived.get(container ?? '');
    const above = archivedKey === undefined ? container : undefined;
    if (archivedKey !== undefined) {
      refused.push(`${foreign.id} stands by itself: ${archivedKey} is archived`);
    }
    let parent: Task | undefined;
    try {
      if (above !== undefined) parent = await makeContainer(write, write.list.task(above));
    } catch (error) {
      if (!(error instanceof DocketError)) throw error;
      refused.push(`${foreign.id} stands by itself: ${error.message}`);
    }
    if (parent === undefined) ofRoots ??= await resolveAttribution(write, {}, {});
    const attribution =
      parent === undefined ? ofRoots : await resolveAttribution(write, {}, { parent });
    if (attribution === undefined) continue;
    insertTask(write, given.input, {
      parent,
      attribution,
      id,
      at: timeBefore(write, foreign.createdAt),
      among: fresh.length,
    });
    write.runs.set(id, []);
    notes.push(...notesOf(write, id, given));
  }
  write.send(...insertNotes(notes));
  return refused;
}

/** Makes a task's notes, which are recorded and still to be sent. */
function notesOf(write: Write, taskId: string, { notes }: ForeignInput): readonly NewNote[] {
  const { worker } = write.scope;
  const { key } = write.list.task(taskId);
  const rows = notes.map(({ text, author, at }) => ({
    id: write.newId(),
    taskId,
    body: text,
    actor: author?.slice(0, limits.actor) ?? worker.actor,
    session: worker.session,
    agent: worker.agent,
    at: timeBefore(write, at),
  }));
  for (const { id } of rows) write.record({ verb: 'noted', taskId, key, new: { note: id } });
  return rows;
}

async function makeLinks(
  write: Write,
  {
    links,
    ids,
    found,
  }: {
    readonly links: Ordered['links'];
    readonly ids: Ids;
    readonly found: ReadonlyMap<string, string>;
  },
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const { from, to, type } of links) {
    const [task, target] = [ids.get(from) ?? '', ids.get(to) ?? ''].map((id) =>
      write.list.task(id),
    );
    if (task === undefined || target === undefined) continue;
    const link = { task, target, type };
    // Among new tasks circles were sorted out before.
    if (!found.has(task.id) && !found.has(target.id)) addNewLink(write, link);
    else {
      try {
        await addLink(write, link);
      } catch (error) {
        if (!(error instanceof DocketError)) throw error;
        refused.push(`${from} is not linked to ${to}: ${error.message}`);
      }
    }
  }
  return refused;
}
