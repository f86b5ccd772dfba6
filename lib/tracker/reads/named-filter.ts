import type { Client, Project, RegistryEntry } from '../../model/registry/entry.ts';
import type { FilterIds, TaskFilter } from '../../model/task/filter.ts';
import type { Db } from '../../store/contract.ts';
import { known, type Request, together } from '../../store/sql/request.ts';
import { namedRequest, requireNamed } from '../registry/entries.ts';
import { clientKind, projectKind, type RegistryKind } from '../registry/kinds.ts';

type Names = Pick<TaskFilter, 'client' | 'project'>;
type Found = readonly [client: Client | undefined, project: Project | undefined];

/** Asks for the client and the project that a filter names. */
export function namesRequest(workspaceId: string, { client, project }: Names): Request<Found> {
  return together(
    client ? namedRequest(clientKind, { workspaceId, name: client }) : known(undefined),
    project ? namedRequest(projectKind, { workspaceId, name: project }) : known(undefined),
  );
}

/**
 * Gives the ids of what a filter names: null for none, undefined for any.
 *
 * @throws DocketError `not_found`
 */
export async function idsOfNames(
  db: Db,
  workspaceId: string,
  { client, project }: Names,
  [ofClient, ofProject]: Found,
): Promise<FilterIds> {
  const idOf = async <T extends RegistryEntry>(
    kind: RegistryKind<T>,
    name: string | undefined,
    found: T | undefined,
  ) => {
    if (!name) return name === undefined ? undefined : null;
    return (await requireNamed(db, kind, { workspaceId, name, found })).id;
  };
  return {
    clientId: await idOf(clientKind, client, ofClient),
    projectId: await idOf(projectKind, project, ofProject),
  };
}
