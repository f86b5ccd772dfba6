import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { DocketError } from '../../../lib/model/errors.ts';
import { makeSlug } from '../../../lib/model/key.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { TaskType } from '../../../lib/model/task/task.ts';
import type { Store } from '../../../lib/store/contract.ts';
import { startStep } from '../../../lib/tracker/agents/agent-steps.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { restoreTree } from '../../../lib/tracker/archive/restore-tree.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import { infrastructureVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import { inheritClaims } from '../../../lib/tracker/runs/inherit-claims.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { reopenTask } from '../../../lib/tracker/tasks/block.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { undoLast } from '../../../lib/tracker/undo/undo.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { as, scopeOf } from '../../conformance/test-lists.ts';
import { perform } from '../races/operation.ts';
import { toOperation } from '../reference/any-operation.ts';
import { anyVerbStep, by, reportFields } from '../reference/any-parts.ts';

const anyReport = fc.record(
  {
    ...reportFields,
    files_modified: fc.constantFrom(['a.ts'], ['b.ts', 'ü.ts']),
    billable_minutes: fc.constantFrom(0, 7),
  },
  { requiredKeys: ['status'] },
);

const anyPatch = fc.record(
  {
    title: fc.constantFrom('Old', 'New', 'größer 🦊'),
    description: fc.constantFrom('', 'text\nof two lines'),
    task_type: fc.constantFrom(...TaskType.options),
    priority: fc.constantFrom(0 as const, 2 as const, 4 as const),
    estimated_minutes: fc.constantFrom(15, 30),
    assigned_agent: fc.constantFrom('Coding Agent', 'Review Agent'),
    outcome: fc.constantFrom('as said', 'as corrected'),
    billable_minutes: fc.constantFrom(null, 0, 12),
    billable: fc.boolean(),
    client: fc.constantFrom('acme', 'globex'),
    project: fc.constantFrom('site', null),
    infrastructure: fc.constantFrom<string[]>([], ['nas'], ['nas', 'router']),
    task_context: fc.constantFrom({ reason: 'why' }, { reason: null }, { notes: ['a', 'b'] }),
    due: fc.constantFrom(null, '2400-01-01T00:00:00.000Z'),
    not_before: fc.constantFrom(null, '2000-01-01T00:00:00.000Z', '2400-01-01T00:00:00.000Z'),
    labels: fc.constantFrom<string[]>(['one'], ['two', 'three']),
    unlabel: fc.constantFrom<'all' | string[]>('all', ['one']),
  },
  { requiredKeys: [] },
);

/** What may happen to a list: every kind of event that changes a task. */
export const anyStep = fc.oneof(
  { weight: 6, arbitrary: anyVerbStep },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      ...by,
      target: fc.option(by.number, { freq: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('update' as const), ...by, patch: anyPatch }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      ...by,
      report: anyReport,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('undo' as const, 'start' as const, 'inherit' as const),
      ...by,
    }),
  },
);

/** The same with what goes into the archive, and comes back from it. */
export const anyStepOrArchiving = fc.oneof(
  { weight: 16, arbitrary: anyStep },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('archive' as const, 'bringBack' as const),
      ...by,
    }),
  },
);
export type Step = typeof anyStepOrArchiving extends fc.Arbitrary<infer T> ? T : never;

/** Takes a step. What docket refuses changes nothing. */
export async function take(list: Scope, step: Step): Promise<void> {
  const { db } = list.store;
  const keys = [...(await readTasks(db, list.workspaceId)).values()].map(({ key }) => key).sort();
  const scope = as(list, step.kind === 'verb' ? step.draft.worker : step.worker);
  if (step.kind === 'verb') {
    const operation = toOperation(step.draft, keys);
    if (operation !== undefined) await perform(scope, operation);
    return;
  }
  const key = keys[step.number % keys.length] ?? '';
  try {
    switch (step.kind) {
      case 'move': {
        const parent = step.target === null ? '' : (keys[step.target % keys.length] ?? '');
        await updateTask(scope, key, { patch: {}, parent });
        break;
      }
      case 'update':
        await updateTask(scope, key, { patch: step.patch });
        break;
      case 'report':
        await recordReport(scope, key, step.report, { policy: makePolicy() });
        break;
      case 'start':
        await startStep(scope, key, { role: 'work', agent: 'Coding Agent' });
        break;
      case 'undo':
        await undoLast(scope);
        break;
      case 'archive':
        await archiveAll(list);
        break;
      case 'bringBack':
        await bringBack(scope, step.number);
        break;
      case 'inherit':
        await inheritClaims(scope, { scope: 'here', id: 1, start: 'x', hasEnded: true });
    }
  } catch (error) {
    if (!(error instanceof DocketError)) throw error;
  }
}

/** Archives whatever has ended. */
export async function archiveAll(list: Scope): Promise<void> {
  await archiveTasks(list, { olderThan: -60_000, keep: 0 });
}

async function bringBack(scope: Scope, number: number): Promise<void> {
  const rows = await scope.store.db.query(
    'SELECT task_key FROM archived_tasks WHERE workspace_id = ? ORDER BY task_key',
    [scope.workspaceId],
  );
  const key = rows[number % rows.length]?.task_key;
  if (key !== undefined) await reopenTask(scope, String(key), restoreTree);
}

/** Three trees, one of them of three levels. */
export const beginning: readonly Step[] = (
  [
    ['create', 0],
    ['plan', 0],
    ['plan', 1],
    ['create', 0],
    ['plan', 5],
  ] as const
).map(([verb, first]) => ({
  kind: 'verb',
  draft: { worker: 'alice', verb, first, second: 0, flag: false },
}));

/** Makes an empty list with the clients, the project and the infrastructure that steps name. */
export async function newWalkedList(store: Store | undefined): Promise<Scope> {
  if (store === undefined) throw new Error('there is no database');
  const list = scopeOf(store, randomUUID());
  const { workspaceId: id } = list;
  await ensureWorkspace(store, { id, slug: makeSlug(id) }, 'alice@one');
  await ensureRegistryEntries(list, { client: 'Acme', project: 'Site' });
  await ensureRegistryEntries(list, { client: 'Globex' });
  for (const name of ['nas', 'router']) await addRegistryEntry(list, infrastructureVerbs, { name });
  return list;
}

/** Gives the number of a list's newest event. */
export async function seqOf({ store: { db }, workspaceId }: Scope): Promise<number> {
  const [row] = await db.query('SELECT seq FROM workspaces WHERE id = ?', [workspaceId]);
  return Number(row?.seq);
}
