import { DocketError } from '../../model/errors.ts';
import { rootKey } from '../../model/key.ts';
import type { Client, Infrastructure, Project, RegistryEntry } from '../../model/registry/entry.ts';
import type { TaskInput } from '../../model/task/input.ts';
import type { Task } from '../../model/task/task.ts';
import { ask, together } from '../../store/sql/request.ts';
import type { ModeSettings } from '../scope.ts';
import type { Write } from '../write/write.ts';
import { byNameRequest, notFound, requireInUse } from './entries.ts';
import { clientKind, infrastructureKind, projectKind, type RegistryKind } from './kinds.ts';

/** The client, project and infrastructure of a task. */
export interface Attribution {
  readonly clientId: string | null;
  readonly projectId: string | null;
  readonly infrastructureIds: readonly string[];
  readonly billable: boolean;
}

export type AttributionInput = Pick<
  TaskInput,
  'client' | 'project' | 'infrastructure' | 'billable'
>;

/** The task that a new one stems from. A follow-up takes over from its origin as a subtask does. */
export interface Origin {
  readonly parent?: Task | undefined;
  readonly foundIn?: Task | undefined;
}

/**
 * Decides the attribution of a new task: what the input says, else what its parent or the task it
 * was found in has, else the client of its project or infrastructure, else what the mode
 * configures. A tree is for one client.
 *
 * @throws DocketError `not_found`, `invalid_input` (archived, of another client, client required)
 */
export async function resolveAttribution(
  write: Write,
  input: AttributionInput,
  { parent, foundIn }: Origin,
): Promise<Attribution> {
  const from = parent ?? foundIn;
  const [named, configured] = await findNames(write, input, {
    withConfigured: from === undefined,
  });
  const clientId = decideClient(named, { from, configured });
  if (parent) requireSameClient(parent, clientId);
  const project =
    named.project === undefined ? fitting(configured?.project, clientId) : named.project;
  requireOfClient([project, ...named.infrastructure], clientId);
  const isMsp = write.scope.mode?.mode === 'msp';
  if (isMsp && clientId === null && foundIn === undefined) throw clientRequired(parent);
  return {
    clientId,
    projectId: project === undefined ? (from?.projectId ?? null) : (project?.id ?? null),
    infrastructureIds: named.infrastructure.map(({ id }) => id),
    billable: input.billable ?? from?.billable ?? (isMsp && clientId !== null),
  };
}

function decideClient(
  { client, project, infrastructure }: Named,
  { from, configured }: { from: Task | undefined; configured: Configured | undefined },
): string | null {
  if (client !== undefined) return client?.id ?? null;
  if (from !== undefined && from.clientId !== null) return from.clientId;
  const owners = [project, ...infrastructure].map((each) => each?.clientId);
  const owner = owners.find((id) => typeof id === 'string');
  return owner ?? configured?.client?.id ?? configured?.project?.clientId ?? null;
}

/** Refuses a subtask for another client than its parent's. @throws DocketError `invalid_input` */
function requireSameClient(parent: Task, clientId: string | null): void {
  if (clientId === parent.clientId) return;
  throw new DocketError('invalid_input', `a subtask is for the client of ${parent.key}`, {
    hint: `docket update ${rootKey(parent.key)} --client NAME changes it for the whole tree`,
  });
}

export const clientNeeded = 'in msp mode a task needs a client';

function clientRequired(parent: Task | undefined): DocketError {
  return new DocketError('invalid_input', clientNeeded, {
    hint:
      parent === undefined
        ? '--client NAME, or docket init --mode msp --client NAME for all tasks of this project'
        : `docket update ${rootKey(parent.key)} --client NAME`,
  });
}

/** The entries that names stand for; undefined: not said, null: none. */
export interface Named {
  readonly client: Client | null | undefined;
  readonly project: Project | null | undefined;
  readonly infrastructure: readonly Infrastructure[];
}

/** Gives the configured project, unless the task is for another client than the project's. */
function fitting(project: Project | undefined, clientId: string | null): Project | undefined {
  return project?.clientId && project.clientId !== clientId ? undefined : project;
}

/** Refuses entries of another client. @throws DocketError `invalid_input` */
export function requireOfClient(
  owned: readonly (Project | Infrastructure | null | undefined)[],
  clientId: string | null,
): void {
  const other = owned.find((each) => each?.clientId && clientId && each.clientId !== clientId);
  if (!other) return;
  throw new DocketError('invalid_input', `${other.slug} is of another client than the task`, {
    hint: `Name one of the same client, or none: ''`,
  });
}

/**
 * Finds the entries that the input names.
 *
 * @throws DocketError `not_found`, `invalid_input` when one is archived
 */
export async function findNamed(write: Write, input: AttributionInput): Promise<Named> {
  const [named] = await findNames(write, input, { withConfigured: false });
  return named;
}

interface Configured {
  readonly client: Client | undefined;
  readonly project: Project | undefined;
}

/**
 * Finds the entries that the input names and, where it names none, those that docket.json names, in
 * one flight.
 *
 * @throws DocketError `not_found`, `invalid_input` when one is archived
 */
async function findNames(
  write: Write,
  input: AttributionInput,
  { withConfigured }: { readonly withConfigured: boolean },
): Promise<readonly [Named, Configured | undefined]> {
  const { workspace } = write;
  const systems = (input.infrastructure ?? []).filter((name) => name.trim() !== '');
  const mode = withConfigured ? configuredNames(write.scope.mode) : {};
  const configured = {
    client: input.client === undefined ? mode.client : undefined,
    project: input.project === undefined ? mode.project : undefined,
  };
  const lookUp = <T extends RegistryEntry>(
    kind: RegistryKind<T>,
    name: string | null | undefined,
  ) =>
    isName(name)
      ? byNameRequest(kind, { workspaceId: workspace.id, name })
      : { statements: [], read: () => undefined };
  const [client, project, infrastructure, usualClient, usualProject] = await ask(
    write.db,
    together(
      lookUp(clientKind, input.client),
      lookUp(projectKind, input.project),
      together(...systems.map((name) => lookUp(infrastructureKind, name))),
      lookUp(clientKind, configured.client),
      lookUp(projectKind, configured.project),
    ),
  );
  const known = new Map<string, Infrastructure>();
  for (const [index, name] of systems.entries()) {
    const found = await inUse(write, infrastructureKind, { name, found: infrastructure[index] });
    known.set(found.id, found);
  }
  const named = {
    client: await orNone(write, clientKind, { name: input.client, found: client }),
    project: await orNone(write, projectKind, { name: input.project, found: project }),
    infrastructure: [...known.values()],
  };
  if (!withConfigured) return [named, undefined];
  return [
    named,
    {
      client: await fromFile(write, clientKind, { name: configured.client, found: usualClient }),
      project: await fromFile(write, projectKind, {
        name: configured.project,
        found: usualProject,
      }),
    },
  ];
}

/** A name to look up, and the entry that was found by it. */
interface NameLookup<T> {
  readonly name: string | null | undefined;
  readonly found: T | undefined;
}

/** Whether a name is given. Empty text stands for none. */
function isName(name: string | null | undefined): name is string {
  return name !== undefined && name !== null && name.trim() !== '';
}

async function orNone<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { name, found }: NameLookup<T>,
): Promise<T | null | undefined> {
  if (name === undefined) return undefined;
  return isName(name) ? inUse(write, kind, { name, found }) : null;
}

/**
 * Requires that an entry was found and is in use.
 *
 * @throws DocketError `not_found`, `invalid_input` when it is archived
 */
async function inUse<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  { name, found }: NameLookup<T>,
): Promise<T> {
  if (found !== undefined) return requireInUse(kind, found);
  throw await notFound(write.db, kind, { workspaceId: write.workspace.id, name: name ?? '' });
}

/** Requires the same of a name that stands in docket.json, or in a program's mode. */
async function fromFile<T extends RegistryEntry>(
  write: Write,
  kind: RegistryKind<T>,
  looked: NameLookup<T>,
): Promise<T | undefined> {
  if (looked.name === undefined) return undefined;
  try {
    return await inUse(write, kind, looked);
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
    const { isModeArgument = false } = write.scope;
    const place = isModeArgument ? 'the argument mode' : '.claude/docket.json';
    const message = `${error.message}, which ${place} names`;
    // The entry may have been renamed since.
    const other = isModeArgument ? '' : `docket init --${kind.noun} NAME names another; `;
    const hint = `${other}${error.hint}`;
    throw new DocketError(error.code, message, { hint, cause: error });
  }
}

function configuredNames(mode: ModeSettings | undefined): Omit<ModeSettings, 'mode'> {
  return mode === undefined || mode.mode === 'normal' ? {} : mode;
}
