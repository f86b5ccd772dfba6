import { DocketError } from '../../model/errors.ts';
import type { Task } from '../../model/task/task.ts';
import {
  findInfrastructureOf,
  infrastructureTable,
  replaceInfrastructure,
} from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { findRegistryEntries } from '../../store/tables/registry.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import { updateTask } from '../../store/tables/tasks.ts';
import { findBelow, rootKey } from '../derive/tree.ts';
import { makeToken } from '../ids.ts';
import type { Write } from '../write.ts';
import { type AttributionInput, clientNeeded, findNamed, requireOfClient } from './attribution.ts';

/** What a change of belonging writes to the task itself, and what the history says of it. */
export interface AttributionChange {
  readonly columns: TaskChange;
  readonly told: Readonly<Record<string, unknown>>;
}

/**
 * Works out whom a task is for from now on, and takes everything below it along: a tree is for one
 * client.
 *
 * @throws DocketError `not_found`, `invalid_input` (archived, of another client, a subtask)
 */
export async function changeAttribution(
  write: Write,
  task: Task,
  input: AttributionInput,
): Promise<AttributionChange> {
  const named = await findNamed(write, input);
  const clientId = idOf(named.client, task.clientId);
  const projectId = idOf(named.project, task.projectId);
  if (clientId !== task.clientId && task.parentId !== null) throw notOfSubtask(task);
  if (clientId === null && task.clientId !== null && write.scope.mode?.mode === 'msp') {
    throw new DocketError('invalid_input', clientNeeded, {
      hint: `docket update ${task.key} --client NAME, or --not-billable for what is not billed`,
    });
  }
  const before = await findInfrastructureOf(write.db, owners(task));
  const infrastructureIds =
    input.infrastructure === undefined
      ? before.map(({ id }) => id)
      : named.infrastructure.map(({ id }) => id);
  const isMoved =
    String(before.map(({ id }) => id).sort()) !== String([...infrastructureIds].sort());
  requireOfClient(
    [
      ...(await findRegistryEntries(write.db, projectTable, projectId === null ? [] : [projectId])),
      ...(await findRegistryEntries(write.db, infrastructureTable, infrastructureIds)),
    ],
    clientId,
  );
  if (isMoved) await replaceInfrastructure(write.db, task.id, infrastructureIds);
  const columns: TaskChange = {
    ...(clientId === task.clientId ? {} : { client_id: clientId }),
    ...(projectId === task.projectId ? {} : { project_id: projectId }),
    ...(input.billable === undefined || input.billable === task.billable
      ? {}
      : { billable: input.billable ? 1 : 0 }),
  };
  await takeBelowAlong(write, task, columns);
  return {
    columns: { ...columns, infrastructure_count: infrastructureIds.length },
    told: {
      ...(columns.client_id === undefined ? {} : { client: named.client?.slug ?? null }),
      ...(columns.project_id === undefined ? {} : { project: named.project?.slug ?? null }),
      ...(columns.billable === undefined ? {} : { billable: input.billable }),
      ...(isMoved ? { infrastructure: named.infrastructure.map(({ slug }) => slug) } : {}),
    },
  };
}

/** A subtask that belonged to another project stays there. */
async function takeBelowAlong(write: Write, task: Task, columns: TaskChange): Promise<void> {
  if (Object.keys(columns).length === 0) return;
  for (const below of await findBelow(write.db, [task.id])) {
    const { project_id: projectId, ...change } = columns;
    const isSame = below.projectId === task.projectId;
    await updateTask(write.db, below, {
      ...change,
      ...(projectId !== undefined && isSame ? { project_id: projectId } : {}),
      revision: makeToken(),
    });
  }
}

/** Tasks whose infrastructure has to be asked for. */
function owners({ id, infrastructureCount }: Task): readonly string[] {
  return infrastructureCount > 0 ? [id] : [];
}

function idOf(
  named: { readonly id: string } | null | undefined,
  before: string | null,
): string | null {
  return named === undefined ? before : (named?.id ?? null);
}

function notOfSubtask({ key }: Task): DocketError {
  return new DocketError('invalid_input', `a subtask is for the client of its whole tree`, {
    hint: `docket update ${rootKey(key)} --client NAME`,
  });
}
