import { DocketError } from '../../model/errors.ts';
import { rootKey } from '../../model/key.ts';
import type { Task } from '../../model/task/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import {
  infrastructureOf,
  infrastructureTable,
  replaceInfrastructure,
} from '../../store/tables/infrastructure.ts';
import { projectTable } from '../../store/tables/projects.ts';
import { registryEntriesByIds } from '../../store/tables/registry.ts';
import type { TaskChange } from '../../store/tables/task-row.ts';
import type { Write } from '../write/write.ts';
import { type AttributionInput, clientNeeded, findNamed, requireOfClient } from './attribution.ts';

/** What a change of attribution writes to the task itself. */
export interface AttributionChange {
  readonly columns: TaskChange;
  /** The values of the event. */
  readonly eventValues: Readonly<Record<string, unknown>>;
  /** The former values that the event tells, of what is no column of the task. */
  readonly formerValues: Readonly<Record<string, unknown>>;
}

/**
 * Changes the attribution of a task and of everything below it: a tree is for one client.
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
  const projectIds = projectId === null ? [] : [projectId];
  const [before, projects] = await ask(
    write.db,
    together(infrastructureOf(owners(task)), registryEntriesByIds(projectTable, projectIds)),
  );
  const isKept = input.infrastructure === undefined;
  const infrastructureIds = (isKept ? before : named.infrastructure).map(({ id }) => id);
  const systems = isKept
    ? await ask(write.db, registryEntriesByIds(infrastructureTable, infrastructureIds))
    : named.infrastructure;
  const isMoved =
    String(before.map(({ id }) => id).sort()) !== String([...infrastructureIds].sort());
  requireOfClient([...projects, ...systems], clientId);
  if (isMoved) write.send(...replaceInfrastructure(task.id, infrastructureIds));
  const columns: TaskChange = {
    ...(clientId === task.clientId ? {} : { client_id: clientId }),
    ...(projectId === task.projectId ? {} : { project_id: projectId }),
    ...(input.billable === undefined || input.billable === task.billable
      ? {}
      : { billable: input.billable ? 1 : 0 }),
  };
  takeBelowAlong(write, task, columns);
  return {
    columns: { ...columns, infrastructure_count: infrastructureIds.length },
    eventValues: {
      ...(columns.client_id === undefined ? {} : { client: named.client?.slug ?? null }),
      ...(columns.project_id === undefined ? {} : { project: named.project?.slug ?? null }),
      ...(columns.billable === undefined ? {} : { billable: input.billable }),
      ...(isMoved ? { infrastructure: named.infrastructure.map(({ slug }) => slug) } : {}),
    },
    formerValues: isMoved
      ? {
          infrastructure: before.map(({ slug }) => slug),
          infrastructure_ids: before.map(({ id }) => id),
        }
      : {},
  };
}

/** Gives the tasks below a task the same columns; a subtask of another project stays there. */
function takeBelowAlong({ list }: Write, task: Task, columns: TaskChange): void {
  if (Object.keys(columns).length === 0) return;
  const { project_id: projectId, ...change } = columns;
  for (const below of list.below(task.id)) {
    const isSame = below.projectId === task.projectId;
    const values = {
      ...change,
      ...(projectId !== undefined && isSame ? { project_id: projectId } : {}),
    };
    if (Object.keys(values).length > 0) list.change(below.id, values);
  }
}

/** Lists the tasks whose infrastructure has to be asked for. */
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
