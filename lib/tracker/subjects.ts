import { DocketError } from '../model/errors.ts';
import { type Subject, subjectSlug } from '../model/subject.ts';
import type { Db } from '../store/contract.ts';
import {
  findSubjectBySlug,
  findSubjects,
  insertSubject,
  type SubjectChange,
  type SubjectColumns,
  updateSubject,
} from '../store/tables/subjects.ts';
import { now } from '../store/tables/tasks.ts';

import { makeId, makeToken } from './ids.ts';
import type { SubjectKind } from './subject-kinds.ts';
import type { Write } from './write.ts';

// What clients, projects and infrastructure have in common, inside a transaction.

/** Columns of a new one, or of what is to change. */
export interface SubjectFields {
  readonly name: string;
  readonly note: string;
  readonly own: SubjectColumns;
}

/** @throws DocketError `conflict` when the name is taken. */
export async function insertNamed<T extends Subject>(
  write: Write,
  kind: SubjectKind<T>,
  { name, note, own }: SubjectFields,
): Promise<T> {
  const slug = await requireFree(write, kind, { name });
  const id = makeId();
  const { id: workspaceId } = write.workspace;
  const createdBy = write.scope.worker.actor;
  const revision = makeToken();
  const row = { id, workspaceId, slug, name, note, own, createdBy, revision };
  await insertSubject(write.db, kind.table, row);
  write.record({ verb: 'added', taskId: null, key: slug, new: { [kind.noun]: slug, name } });
  return reread(write.db, kind, id);
}

/** Writes what differs. @throws DocketError `conflict` when a new name is taken. */
export async function changeNamed<T extends Subject>(
  write: Write,
  kind: SubjectKind<T>,
  { subject, fields: { own, ...fields } }: { subject: T; fields: Partial<SubjectFields> },
): Promise<T> {
  const wanted = { ...fields, ...own };
  const { name, note } = subject;
  const before: SubjectColumns = { name, note, ...kind.table.fromOwn(subject) };
  const changed = Object.entries(wanted).filter(([column, value]) => value !== before[column]);
  if (changed.length === 0) return subject;
  const change = Object.fromEntries(changed);
  const slug =
    change.name === undefined
      ? subject.slug
      : await requireFree(write, kind, { name: String(change.name), self: subject });
  await updateSubject(write.db, kind.table, {
    ...subject,
    change: { ...change, slug, revision: makeToken() },
  });
  const old = Object.fromEntries(changed.map(([column]) => [column, before[column]]));
  write.record({
    verb: 'updated',
    taskId: null,
    key: slug,
    old: { [kind.noun]: subject.slug, ...old },
    new: { [kind.noun]: slug, ...change },
  });
  return reread(write.db, kind, subject.id);
}

/** Takes it out of use, or back in. */
export async function archiveNamed<T extends Subject>(
  write: Write,
  kind: SubjectKind<T>,
  { subject, isRestored }: { subject: T; isRestored: boolean },
): Promise<T> {
  if ((subject.archivedAt === null) === isRestored) return subject;
  const change: SubjectChange = { archived_at: isRestored ? null : now, revision: makeToken() };
  await updateSubject(write.db, kind.table, { ...subject, change });
  write.record({
    verb: isRestored ? 'restored' : 'archived',
    taskId: null,
    key: subject.slug,
    new: { [kind.noun]: subject.slug },
  });
  return reread(write.db, kind, subject.id);
}

async function requireFree<T extends Subject>(
  write: Write,
  { noun, command, table }: SubjectKind<T>,
  { name, self }: { name: string; self?: T },
): Promise<string> {
  const slug = subjectSlug(name);
  const { id: workspaceId } = write.workspace;
  const other = await findSubjectBySlug(write.db, table, { workspaceId, slug });
  if (other === undefined || other.id === self?.id) return slug;
  const state = other.archivedAt === null ? '' : ', which is archived';
  throw new DocketError('conflict', `there is a ${noun} ${other.slug} already${state}`, {
    hint: `docket ${command} show ${other.slug}`,
  });
}

async function reread<T extends Subject>(db: Db, kind: SubjectKind<T>, id: string): Promise<T> {
  const [subject] = await findSubjects(db, kind.table, [id]);
  if (subject === undefined) throw new Error(`${kind.noun} ${id} is gone`);
  return subject;
}
