import type { ModeFacts } from '../../model/prompt/mode-facts.ts';
import { ask, known, together } from '../../store/sql/request.ts';
import { namedRequest } from '../registry/entries.ts';
import { clientKind, projectKind } from '../registry/kinds.ts';
import type { ModeSettings, Scope } from '../scope.ts';
import { factsRequest } from '../view/facts.ts';

/** Reads what the list knows of the client and the project that a docket.json names. */
export function readModeFacts(
  { store, workspaceId }: Pick<Scope, 'store' | 'workspaceId'>,
  { client: clientName, project: projectName }: ModeSettings,
): Promise<ModeFacts> {
  return store.read(async (db) => {
    const [client, project] = await ask(
      db,
      together(
        clientName ? namedRequest(clientKind, { workspaceId, name: clientName }) : known(undefined),
        projectName
          ? namedRequest(projectKind, { workspaceId, name: projectName })
          : known(undefined),
      ),
    );
    const insights = await ask(
      db,
      factsRequest(db.dialect, {
        key: '',
        clientId: client?.id ?? project?.clientId ?? null,
        projectId: project?.id ?? null,
        infrastructureCount: 0,
      }),
    );
    return {
      client: client?.slug,
      project: project?.slug,
      insights: insights.map(({ about, targetSlug: slug, body }) => ({
        about: about === 'client' ? about : 'project',
        slug,
        body,
      })),
    };
  });
}
