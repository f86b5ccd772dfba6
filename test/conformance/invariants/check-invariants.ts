import type { Db } from '../../../lib/store/contract.ts';
import { integer, text, textOrNull } from '../../../lib/store/sql/columns.ts';
import { findWorkspace } from '../../../lib/store/tables/workspaces.ts';
import { readTasks, type StoredTask } from '../tasks/stored-task.ts';
import { findContainerViolations } from './check-containers.ts';
import { findCycles } from './check-cycles.ts';
import { findHistoryViolations, type HistoryEvent } from './check-history.ts';
import { findLeafViolations } from './check-leaves.ts';
import { findRunViolations } from './check-runs.ts';
import { findWorkItemViolations } from './check-work-items.ts';
import { readArchive } from './read-archive.ts';

/**
 * Reads everything that a workspace has and says, in sentences, what does not hold together. It
 * derives lists, containers and claims by itself, from the design and not with docket's code.
 */
export async function findViolations(db: Db, workspaceId: string): Promise<readonly string[]> {
  const workspace = await findWorkspace(db, workspaceId);
  if (workspace === undefined) return ['the workspace is gone'];
  const tasks = await readTasks(db, workspaceId);
  const archive = await readArchive(db, workspaceId);
  const listed = await readEvents(db, workspaceId);
  // Each event is in the list or in the archive, and never in both.
  const events = [...listed, ...archive.events].sort((a, b) => a.seq - b.seq);
  const former = [...(await readFormerKeys(db, tasks)), ...archive.keys];
  return [
    ...archive.violations,
    ...findKeyViolations(tasks, { ...workspace, former }),
    ...findLeafViolations(tasks),
    ...findContainerViolations(tasks),
    ...findCycles(tasks),
    ...findHistoryViolations(events, { tasks, seq: workspace.seq }),
    ...(await findRunViolations(db, workspaceId, tasks)),
    ...(await findLostNotes(db, { workspaceId, events, archived: archive.notes })),
    ...(await findWorkItemViolations(db, { workspaceId, tasks })),
  ];
}

function findKeyViolations(
  tasks: ReadonlyMap<string, StoredTask>,
  { slug, taskCount, former }: { slug: string; taskCount: number; former: readonly string[] },
): readonly string[] {
  const found: string[] = [];
  let top = 0;
  for (const task of tasks.values()) {
    const parent = task.parentId === null ? undefined : tasks.get(task.parentId);
    if (task.parentId !== null && parent === undefined) {
      found.push(`${task.key} has a parent outside its workspace`);
    } else if (parent) {
      const wanted = `${parent.key}.${task.position}`;
      if (task.key !== wanted) found.push(`${task.key} should be ${wanted}`);
    } else {
      top += 1;
      if (!task.key.startsWith(`${slug}-`)) found.push(`${task.key} is not of ${slug}`);
    }
    const numbers = task.children.map(({ position }) => position).sort((a, b) => a - b);
    const given = Array.from({ length: task.subtaskCount + task.subtasksLeft }, (_, at) => at + 1);
    const isGiven = numbers.every((number) => given.includes(number));
    if (!isGiven || new Set(numbers).size !== task.subtaskCount) {
      found.push(`${task.key} counts ${task.subtaskCount} subtasks and has numbers ${numbers}`);
    }
  }
  const given = top + former.filter((key) => !key.includes('.')).length;
  if (given !== taskCount) found.push(`the workspace counts ${taskCount} of ${given} keys`);
  const keys = new Set([...tasks.values()].map(({ key }) => key));
  for (const key of former) if (keys.has(key)) found.push(`${key} was given again`);
  if (keys.size !== tasks.size) found.push('a key was given twice');
  const revisions = new Set([...tasks.values()].map(({ revision }) => revision));
  if (revisions.size !== tasks.size) found.push('a revision was given twice');
  return found;
}

async function readFormerKeys(
  db: Db,
  tasks: ReadonlyMap<string, StoredTask>,
): Promise<readonly string[]> {
  const rows = await db.query('SELECT task_key, task_id FROM former_keys');
  return rows.filter((row) => tasks.has(text(row, 'task_id'))).map((row) => text(row, 'task_key'));
}

async function readEvents(db: Db, workspaceId: string): Promise<readonly HistoryEvent[]> {
  const rows = await db.query(
    'SELECT seq, task_id, verb, new_value FROM task_events WHERE workspace_id = ? ORDER BY seq',
    [workspaceId],
  );
  return rows.map((row) => ({
    seq: integer(row, 'seq'),
    taskId: textOrNull(row, 'task_id'),
    verb: text(row, 'verb'),
    value: JSON.parse(textOrNull(row, 'new_value') ?? '{}'),
  }));
}

/** Each note has its event and each event its note. */
async function findLostNotes(
  db: Db,
  {
    workspaceId,
    events,
    archived,
  }: {
    workspaceId: string;
    events: readonly HistoryEvent[];
    archived: readonly string[];
  },
): Promise<readonly string[]> {
  const rows = await db.query(
    'SELECT n.id FROM task_notes n JOIN tasks t ON t.id = n.task_id WHERE t.workspace_id = ?',
    [workspaceId],
  );
  const stored = [...rows.map((row) => text(row, 'id')), ...archived].sort();
  const noted = events.filter(({ verb }) => verb === 'noted').map(({ value }) => value.note);
  return String(stored) === String(noted.sort())
    ? []
    : [`${stored.length} notes are stored and ${noted.length} were noted`];
}
