import type { Context } from '../../config/resolve.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Inspection } from '../../tracker/database/inspect.ts';
import { type Fingerprint, otherOwner } from '../../tracker/database/join-workspace.ts';
import type { Check } from '../check.ts';
import { readRepository } from '../parts/repository.ts';

/** Checks whether the list that docket.json names belongs to the project's own repository. */
export async function checkOwner(
  context: Context,
  { workspace }: Inspection,
): Promise<readonly Check[]> {
  const { project } = context.search;
  if (project === undefined || workspace === undefined) return [];
  const { fingerprint } = await readRepository(project.root);
  const owner = otherOwner(workspace.repository, fingerprint);
  return owner === undefined ? [] : [foreignList(workspace, owner, context)];
}

/** Tells that docket.json names the list of another repository: a template or a copy brought it. */
export function foreignList(
  { slug }: { readonly slug: string },
  { origin, rootCommit }: Fingerprint,
  { search: { project } }: Context,
): Check {
  const repository = origin ?? `one that begins with commit ${rootCommit?.slice(0, 12)}`;
  const file = project?.file ?? '.claude/docket.json';
  return {
    name: 'repository',
    status: 'warn',
    message: `the list ${slug} belongs to another repository (${repository}): a template or a copy may have brought ${file} along`,
    next: `To share that list, leave it so. For a list of its own: rm ${shellWord(file)}, then docket init`,
  };
}
