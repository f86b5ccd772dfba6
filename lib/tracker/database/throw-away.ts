import type { ProcessProbe } from '../../model/liveness.ts';
import type { Store } from '../../store/contract.ts';
import { deleteThrowAway, findThrowAways, throwAwayMark } from '../../store/moving/throw-away.ts';
import { insertWorkspace } from '../../store/tables/workspaces.ts';
import { makeToken } from '../ids.ts';
import type { WorkspaceName } from './join-workspace.ts';
import { translated } from './translate-errors.ts';

/** The process that has made a list to throw it away, as other processes can look for it. */
export interface ThrowAwayOwner {
  readonly scope: string | null;
  readonly id: number;
  readonly start: string | null;
}

/** Milliseconds after which the process of another machine has certainly ended. */
const longestLife = 30 * 60_000;

/** Makes a list that is removed again, which no repository can join. @throws DocketError */
export async function makeThrowAway(
  store: Store,
  { id, slug }: WorkspaceName,
  owner: ThrowAwayOwner,
): Promise<void> {
  await store.write(async (db) => {
    await insertWorkspace(db, {
      ...{ id, slug, rootCommit: null, token: makeToken(), createdBy: 'docket verify' },
      origin: `${throwAwayMark}${JSON.stringify(owner)}`,
    });
    db.describe(`docket verify: made ${slug}, to be removed again`);
  });
}

/** Removes such a list with all its rows; false when it is not there. @throws DocketError */
export function removeThrowAway(store: Store, { id, slug }: WorkspaceName): Promise<boolean> {
  return store.write((db) => {
    db.describe(`docket verify: removed ${slug}`);
    return deleteThrowAway(db, id, makeToken());
  });
}

/**
 * Removes the lists of processes that have ended without doing so.
 *
 * @returns their slugs
 * @throws DocketError
 */
export async function removeAbandoned(
  store: Store,
  probe: ProcessProbe,
): Promise<readonly string[]> {
  const found = await translated(() => findThrowAways(store.db));
  const removed: string[] = [];
  for (const { id, slug, origin, createdAt, now } of found) {
    const owner = parseOwner(origin.slice(throwAwayMark.length));
    const age = Date.parse(now) - Date.parse(createdAt);
    if (isAtWork(owner, { probe, age })) continue;
    if (await removeThrowAway(store, { id, slug })) removed.push(slug);
  }
  return removed;
}

function isAtWork(
  owner: ThrowAwayOwner | undefined,
  { probe, age }: { readonly probe: ProcessProbe; readonly age: number },
): boolean {
  const isHere = owner !== undefined && owner.scope !== null && owner.scope === probe.scope;
  return isHere && owner.start !== null ? probe.isAlive(owner.id, owner.start) : age < longestLife;
}

/** Reads who made a list; undefined where another docket has written it in a way of its own. */
function parseOwner(text: string): ThrowAwayOwner | undefined {
  try {
    const { scope = null, id, start = null } = JSON.parse(text);
    return typeof id === 'number' ? { scope, id, start } : undefined;
  } catch {
    return undefined;
  }
}
