import { DocketError } from '../model/errors.ts';
import { findNearest } from '../model/nearest.ts';
import { type Subject, subjectSlug } from '../model/subject.ts';
import type { Db } from '../store/contract.ts';
import { findSubjectBySlug, findSubjects, listSubjects } from '../store/tables/subjects.ts';
import type { SubjectKind } from './subject-kinds.ts';

const namesShown = 8;

/**
 * Finds a client, a project or infrastructure by its name, its slug or its id.
 *
 * @throws DocketError `not_found` with the name that is near, or with those that there are.
 */
export async function findByName<T extends Subject>(
  db: Db,
  kind: SubjectKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<T> {
  const slug = subjectSlug(name);
  const found = slug && (await findSubjectBySlug(db, kind.table, { workspaceId, slug }));
  if (found) return found;
  const [byId] = await findSubjects(db, kind.table, [name.trim()]);
  if (byId?.workspaceId === workspaceId) return byId;
  throw await notFound(db, kind, { workspaceId, name });
}

/**
 * The same for what a new task can be for.
 *
 * @throws DocketError `not_found`, `invalid_input` when it is archived
 */
export async function findInUse<T extends Subject>(
  db: Db,
  kind: SubjectKind<T>,
  by: { workspaceId: string; name: string },
): Promise<T> {
  const found = await findByName(db, kind, by);
  if (found.archivedAt === null) return found;
  throw new DocketError('invalid_input', `the ${kind.noun} ${found.slug} is archived`, {
    hint: `docket ${kind.command} archive ${found.slug} --restore`,
  });
}

async function notFound<T extends Subject>(
  db: Db,
  { noun, command, table }: SubjectKind<T>,
  { workspaceId, name }: { workspaceId: string; name: string },
): Promise<DocketError> {
  const known = await listSubjects(db, table, { workspaceId, withArchived: true });
  const slugs = known.map(({ slug }) => slug);
  const nearest = findNearest(subjectSlug(name), slugs);
  const more = slugs.length > namesShown ? ', ...' : '';
  const named =
    nearest === undefined
      ? `${slugs.slice(0, namesShown).join(', ')}${more}`
      : `did you mean ${nearest}?`;
  return new DocketError('not_found', `there is no ${noun} ${JSON.stringify(name)}`, {
    hint: [`docket ${command} add NAME makes one`, ...(slugs.length > 0 ? [named] : [])].join('; '),
  });
}
