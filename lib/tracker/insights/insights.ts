import type { InsightView } from '../../model/answers/insight.ts';
import { entrySlug, type RegistryEntry } from '../../model/registry/entry.ts';
import {
  type InsightTarget,
  type ReportedFact,
  registryNouns,
  reportedFacts,
  tidy,
} from '../../model/registry/insight.ts';
import type { Report } from '../../model/report/report.ts';
import type { Run } from '../../model/run/run.ts';
import type { Task } from '../../model/task/task.ts';
import { ask } from '../../store/sql/request.ts';
import { runWrites } from '../../store/sql/write.ts';
import { insertInsight, isKnownInsight } from '../../store/tables/insights.ts';
import { findRegistryEntryBySlug } from '../../store/tables/registry.ts';
import { makeId, makeToken } from '../ids.ts';
import { kindOf } from '../registry/kinds.ts';
import type { Scope } from '../scope.ts';
import { factsRequest } from '../view/facts.ts';
import { findTask } from '../view/find.ts';
import { viewInsight } from '../view/insight.ts';
import { findTaskTargets, mostSpecific, type TaskTargets } from '../view/targets.ts';
import type { Write } from '../write/write.ts';

/**
 * Keeps the lasting facts of a report, each with its target: the one that the report names, else
 * the most specific one of the task. A fact that is known is not kept again. A task without client,
 * project and infrastructure has no target under which a fact could be found again.
 *
 * @returns how many of the report's insights are not kept, for want of a target.
 */
export async function keepInsights(
  write: Write,
  task: Task,
  { run, report }: { readonly run: Run; readonly report: Report },
): Promise<number> {
  const facts = reportedFacts(report, run.role);
  if (facts.length === 0) return 0;
  const targets = await findTaskTargets(write.db, task);
  const kept: string[] = [];
  // Insights come first; an issue or a blocker that is not kept stands in the task's context
  // anyway.
  const insights = reportedFacts({ ...report, issues_found: [], blockers: [] }, run.role).length;
  let lost = 0;
  for (const [index, fact] of facts.entries()) {
    const found = await findTarget(write, targets, fact);
    if (found === undefined) {
      if (index < insights) lost += 1;
      continue;
    }
    const id = await keepInsight(write, found, { taskId: task.id, runId: run.id });
    if (id !== undefined) kept.push(id);
  }
  if (kept.length === 0) return lost;
  const { id: taskId, key } = task;
  write.record({ verb: 'learned', taskId, runId: run.id, key, new: { insights: kept } });
  return lost;
}

/**
 * Writes a fact unless it is known.
 *
 * @returns the id of the new fact; undefined when it was known.
 */
export async function keepInsight(
  write: Write,
  { target, text }: AttributedFact,
  source: { readonly taskId: string | null; readonly runId: string | null },
): Promise<string | undefined> {
  if (await isKnownInsight(write.db, target, text)) return undefined;
  const id = makeId();
  const insight = insertInsight({
    ...target,
    ...source,
    id,
    workspaceId: write.workspace.id,
    body: text,
    createdBy: write.scope.worker.actor,
    revision: makeToken(),
    at: write.at,
  });
  await runWrites(write.db, [insight]);
  return id;
}

/**
 * Reads the newest facts about a task's client, project and infrastructure, for whoever works at it
 * next.
 *
 * @throws DocketError `not_found`, `ambiguous_key`
 */
export function insightsFor(scope: Scope, key: string): Promise<readonly InsightView[]> {
  return scope.store.read(async (db) => {
    const task = await findTask(db, scope.workspaceId, key);
    return (await ask(db, factsRequest(db.dialect, task))).map(viewInsight);
  });
}

interface AttributedFact {
  readonly target: InsightTarget;
  readonly text: string;
}

/**
 * Finds the target of a reported fact; undefined when there is none. A name that matches no entry
 * stays in the text, and so does the name of another client or of an entry that belongs to another:
 * an agent that works for one client may not tell the agents of the next what to believe.
 */
async function findTarget(
  write: Write,
  targets: TaskTargets,
  { text, about, subject: name }: ReportedFact,
): Promise<AttributedFact | undefined> {
  const usual = mostSpecific(targets);
  if (name !== undefined && name.trim() !== '') {
    const nouns = about === undefined ? registryNouns : [about];
    const client = targets.client?.targetId;
    const named = await findNamed(write, nouns, { name, client });
    if (named !== undefined) return { target: named, text };
    return usual && { target: usual, text: tidy(`${name}: ${text}`) };
  }
  const [only, another] = targets.infrastructure;
  const own = {
    client: targets.client,
    project: targets.project,
    infrastructure: another === undefined ? only : undefined,
  };
  const target = (about === undefined ? undefined : own[about]) ?? usual;
  return target && { target, text };
}

/** Finds the entry of this name, the most specific kind first. */
async function findNamed(
  { db, workspace }: Write,
  nouns: readonly InsightTarget['about'][],
  { name, client }: { readonly name: string; readonly client: string | undefined },
): Promise<InsightTarget | undefined> {
  for (const about of [...nouns].reverse()) {
    const by = { workspaceId: workspace.id, slug: entrySlug(name) };
    const found: RegistryEntry | undefined = await findRegistryEntryBySlug(
      db,
      kindOf(about).table,
      by,
    );
    if (found !== undefined && isOpenTo(client, found, about)) return { about, targetId: found.id };
  }
  return undefined;
}

function isOpenTo(
  client: string | undefined,
  entry: RegistryEntry & { readonly clientId?: string | null },
  about: InsightTarget['about'],
): boolean {
  const owner = about === 'client' ? entry.id : (entry.clientId ?? client);
  return client === undefined || owner === client;
}
