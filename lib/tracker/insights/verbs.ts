import type { InsightList, InsightView } from '../../model/answers/insight.ts';
import { DocketError } from '../../model/errors.ts';
import { entrySlug } from '../../model/registry/entry.ts';
import type { InsightTarget, RegistryNoun } from '../../model/registry/insight.ts';
import type { EventVerb } from '../../model/task/event-verbs.ts';
import type { Db } from '../../store/contract.ts';
import { ask } from '../../store/sql/request.ts';
import { runWrites } from '../../store/sql/write.ts';
import {
  insightList,
  insightsByPrefix,
  isKnownInsight,
  type NamedInsight,
  updateInsight,
} from '../../store/tables/insights.ts';
import { makeToken } from '../ids.ts';
import { totalLimit } from '../reads/lists.ts';
import { findByName } from '../registry/entries.ts';
import { kindOf } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';
import { writeWorkspace } from '../transaction/write-workspace.ts';
import { viewInsight } from '../view/insight.ts';
import type { Write } from '../write/write.ts';
import { keepInsight } from './insights.ts';

/** The name of the entry that an insight is about. */
export interface AboutName {
  readonly about: RegistryNoun;
  readonly name: string;
}

/**
 * Adds an insight.
 *
 * @throws DocketError `invalid_input`, `not_found`, `conflict` when it is known already
 */
export async function addInsight(
  scope: Scope,
  input: string,
  about: AboutName,
): Promise<InsightView> {
  const text = input.trim();
  return writeWorkspace(scope, {}, async (write) => {
    const target = await findAbout(write.db, write.workspace.id, about);
    const id = await keepInsight(write, { target, text }, { taskId: null, runId: null });
    if (id === undefined) throw isKnown(about);
    record(write, 'added', { id, target });
    return findOne(write.db, write.workspace.id, id);
  });
}

/**
 * Changes the text of an insight.
 *
 * @throws DocketError `invalid_input`, `not_found`, `conflict` when it is known already
 */
export async function changeInsight(scope: Scope, id: string, input: string): Promise<InsightView> {
  const body = input.trim();
  return writeWorkspace(scope, {}, async (write) => {
    const insight = await findRow(write.db, write.workspace.id, id);
    if (body === insight.body) return findOne(write.db, write.workspace.id, insight.id);
    if (await isKnownInsight(write.db, insight, body)) {
      throw new DocketError('conflict', 'the same is known of it already');
    }
    const isArchived = insight.archivedAt !== null;
    const change = { body, isArchived, revision: makeToken(), at: write.at };
    await runWrites(write.db, [updateInsight(insight, change)]);
    record(write, 'updated', { id: insight.id, target: insight });
    return findOne(write.db, write.workspace.id, insight.id);
  });
}

/**
 * Takes an insight out of use, or back in: agents are not told it any more, or again.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function archiveInsight(
  scope: Scope,
  id: string,
  { isRestored = false }: { readonly isRestored?: boolean } = {},
): Promise<InsightView> {
  return writeWorkspace(scope, {}, async (write) => {
    const insight = await findRow(write.db, write.workspace.id, id);
    if ((insight.archivedAt === null) !== isRestored) {
      const { body } = insight;
      const change = { body, isArchived: !isRestored, revision: makeToken(), at: write.at };
      await runWrites(write.db, [updateInsight(insight, change)]);
      const verb = isRestored ? 'restored' : 'archived';
      record(write, verb, { id: insight.id, target: insight });
    }
    return findOne(write.db, write.workspace.id, insight.id);
  });
}

/** Reads an insight. @throws DocketError `not_found`, `ambiguous_key` */
export function showInsight(scope: Scope, id: string): Promise<InsightView> {
  return scope.store.read((db) => findOne(db, scope.workspaceId, id));
}

/**
 * Lists insights about an entry, or all of the workspace, newest first.
 *
 * @throws DocketError `not_found`
 */
export function listAllInsights(
  scope: Scope,
  {
    about,
    withArchived = false,
    limit,
  }: {
    readonly about?: AboutName | undefined;
    readonly withArchived?: boolean;
    readonly limit: number;
  },
): Promise<InsightList> {
  return scope.store.read(async (db) => {
    const { workspaceId } = scope;
    const target = about && (await findAbout(db, workspaceId, about));
    const filter = { workspaceId, target, withArchived };
    const { insights, total } = await ask(
      db,
      insightList(db.dialect, filter, { limit, countTo: totalLimit }),
    );
    return { insights: insights.map(viewInsight), total, totalLimit };
  });
}

async function findAbout(
  db: Db,
  workspaceId: string,
  { about, name }: AboutName,
): Promise<InsightTarget> {
  return { about, targetId: (await findByName(db, kindOf(about), { workspaceId, name })).id };
}

async function findRow(db: Db, workspaceId: string, text: string): Promise<NamedInsight> {
  const prefix = text.trim().toLowerCase();
  const found = /^[0-9a-f-]{4,36}$/.test(prefix)
    ? await ask(db, insightsByPrefix(workspaceId, prefix))
    : [];
  const [only, another] = found;
  if (only !== undefined && another === undefined) return only;
  const quoted = JSON.stringify(text);
  throw only === undefined
    ? new DocketError('not_found', `no insight has the id ${quoted}`, {
        hint: 'docket insight list',
      })
    : new DocketError('ambiguous_key', `${quoted} begins more than one insight's id`, {
        hint: 'docket insight list',
      });
}

async function findOne(db: Db, workspaceId: string, id: string): Promise<InsightView> {
  return viewInsight(await findRow(db, workspaceId, id));
}

function record(
  write: Write,
  verb: EventVerb,
  { id, target }: { readonly id: string; readonly target: InsightTarget },
): void {
  write.record({ verb, taskId: null, key: 'insight', new: { insight: id, about: target.about } });
}

function isKnown({ about, name }: AboutName): DocketError {
  const { command } = kindOf(about);
  return new DocketError('conflict', `the same is known of ${JSON.stringify(name)} already`, {
    hint: `docket insight list --${command} ${entrySlug(name)} --all`,
  });
}
