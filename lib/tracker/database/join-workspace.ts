import { makeSlug } from '../../model/key.ts';
import type { Db, Store, Transaction } from '../../store/contract.ts';
import {
  findWorkspace,
  findWorkspacesByRepository,
  insertWorkspace,
  isSlugTaken,
  nameRepository,
  type WorkspaceRow,
} from '../../store/tables/workspaces.ts';
import { makeId, makeToken } from '../ids.ts';
import { translated } from './translate-errors.ts';

/** The facts that tell one repository from another, whoever cloned it. */
export interface Fingerprint {
  /** The first commit of all; null without commits, and in a shallow clone, which lacks it. */
  readonly rootCommit: string | null;
  /** The place the repository was cloned from, in the one form that all clones agree on. */
  readonly origin: string | null;
}

/** What a folder's repository is known by. */
export interface FolderFingerprint extends Fingerprint {
  /** Whether it certainly has neither: there is no repository, or no commit and no remote in it. */
  readonly isBlank: boolean;
}

/** The id of a list, and the slug that its keys begin with. */
export interface WorkspaceName {
  readonly id: string;
  readonly slug: string;
}

/**
 * Makes sure that the database has the workspace that `.claude/docket.json` names. Its slug may be
 * another one there, when this database has already given the wanted one away.
 */
export async function ensureWorkspace(
  store: Store,
  wanted: WorkspaceName & { readonly repository?: Fingerprint },
  createdBy: string,
): Promise<WorkspaceName> {
  const known = await translated(() => findWorkspace(store.db, wanted.id));
  if (known !== undefined) return { id: known.id, slug: known.slug };
  return store.write(async (db) => {
    const found = await findWorkspace(db, wanted.id);
    if (found === undefined) return makeWorkspace(db, wanted, createdBy);
    db.abandon();
    return { id: found.id, slug: found.slug };
  });
}

/**
 * Joins the workspace of a repository, or makes one. Two processes that make it at the same time
 * want the same slug: it is unique, so the transaction of one is run again, and then finds the
 * other's.
 */
export async function joinWorkspace(
  store: Store,
  {
    repository,
    name,
    createdBy,
  }: { readonly repository: Fingerprint; readonly name: string; readonly createdBy: string },
): Promise<WorkspaceName & { readonly joined: boolean }> {
  return store.write(async (db) => {
    const found = await findJoinable(db, repository);
    if (found !== undefined) {
      db.abandon();
      return { ...found, joined: true };
    }
    const made = await makeWorkspace(
      db,
      { id: makeId(), slug: makeSlug(name), repository },
      createdBy,
    );
    return { ...made, joined: false };
  });
}

/**
 * Finds the repository that a workspace belongs to where that is another one than asked about: a
 * template or a copied folder brings its `.claude/docket.json` along. A workspace that belongs to
 * none yet is this repository's from now on.
 */
export async function findOtherOwner(
  store: Store,
  id: string,
  repository: FolderFingerprint,
): Promise<Fingerprint | undefined> {
  const known = await translated(() => findWorkspace(store.db, id));
  if (known === undefined) return undefined;
  const isNameable = repository.rootCommit !== null || repository.origin !== null;
  if (!isTied(known) && isNameable) {
    await store.write(async (db) => {
      await nameRepository(db, id, repository);
      db.describe(`docket init: tied workspace ${known.slug} to its repository`);
    });
  }
  return otherOwner(known, repository);
}

/**
 * Gives the repository of a workspace when it is certainly another one, as of a folder that has
 * none. A common beginning or a common origin makes them one: of a fork, a mirror, a rewritten
 * history.
 */
export function otherOwner(
  known: Fingerprint,
  repository: FolderFingerprint,
): Fingerprint | undefined {
  const same = (one: string | null, other: string | null) =>
    one === null || other === null ? undefined : one === other;
  const facts = [
    same(known.rootCommit, repository.rootCommit),
    same(known.origin, repository.origin),
  ];
  const isOther =
    (facts.includes(false) && !facts.includes(true)) || (repository.isBlank && isTied(known));
  return isOther ? { rootCommit: known.rootCommit, origin: known.origin } : undefined;
}

function isTied({ rootCommit, origin }: Fingerprint): boolean {
  return rootCommit !== null || origin !== null;
}

/** Finds the workspace that a repository would join. */
export async function findJoinable(
  db: Db,
  repository: Fingerprint,
): Promise<WorkspaceName | undefined> {
  const candidates = await findWorkspacesByRepository(db, repository);
  // Ids begin with their time, so the first match is the oldest.
  const found = candidates.find((candidate) => isSameRepository(candidate, repository));
  return found && { id: found.id, slug: found.slug };
}

/**
 * Whether a workspace belongs to this repository. A fork has the same first commit and another
 * origin: it is another repository.
 */
function isSameRepository(known: WorkspaceRow, { rootCommit, origin }: Fingerprint): boolean {
  if (known.rootCommit === null || rootCommit === null) {
    return origin !== null && known.origin === origin;
  }
  const mayBeSame = known.origin === null || origin === null || known.origin === origin;
  return known.rootCommit === rootCommit && mayBeSame;
}

async function makeWorkspace(
  db: Transaction,
  wanted: WorkspaceName & { readonly repository?: Fingerprint },
  createdBy: string,
): Promise<WorkspaceName> {
  const slug = await freeSlug(db, wanted.slug);
  await insertWorkspace(db, {
    id: wanted.id,
    slug,
    rootCommit: wanted.repository?.rootCommit ?? null,
    origin: wanted.repository?.origin ?? null,
    token: makeToken(),
    createdBy,
  });
  db.describe(`${createdBy}: made workspace ${slug}`);
  return { id: wanted.id, slug };
}

/** Finds a free slug: `web`, or `web2`, `web3` ... when others have it. */
async function freeSlug(db: Db, wanted: string): Promise<string> {
  const stem = /[0-9]$/.test(wanted) ? `${wanted}-` : wanted;
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? wanted : `${stem}${number}`;
    if (!(await isSlugTaken(db, slug))) return slug;
  }
}
