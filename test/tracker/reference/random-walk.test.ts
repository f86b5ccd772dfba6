import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DocketError } from '../../../lib/model/errors.ts';
import { makeSlug } from '../../../lib/model/key.ts';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { TaskType } from '../../../lib/model/task/task.ts';
import type { Db, Row, Store } from '../../../lib/store/contract.ts';
import { openSqlite } from '../../../lib/store/sqlite/driver.ts';
import { recoverTasks, startStep } from '../../../lib/tracker/agents/agent-steps.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import {
  addWorkItem,
  changeWorkItem,
  dropWorkItem,
} from '../../../lib/tracker/billing/work-items.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { translateErrors } from '../../../lib/tracker/database/translate-errors.ts';
import { clientVerbs } from '../../../lib/tracker/registry/fields.ts';
import { addRegistryEntry } from '../../../lib/tracker/registry/verbs.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { readTasks } from '../../conformance/tasks/stored-task.ts';
import { updateFields } from '../../conformance/tasks/update-fields.ts';
import { as, scopeOf } from '../../conformance/test-lists.ts';
import { perform } from '../races/operation.ts';
import { toOperation } from './any-operation.ts';
import { anyVerbStep, by, reportFields } from './any-parts.ts';

let store: Store | undefined;

beforeAll(async () => {
  store = translateErrors(await openSqlite(':memory:', { mode: 'write' }));
  await store.migrate();
});
afterAll(() => store?.close());

const anyReport = fc.record(
  {
    ...reportFields,
    blockers: fc.constant(['the vendor']),
    billable_minutes: fc.constantFrom(0, 7, -1),
  },
  { requiredKeys: ['status'] },
);

const anyStep = fc.oneof(
  { weight: 3, arbitrary: anyVerbStep },
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
      kind: fc.constant('update' as const),
      ...by,
      patch: fc.record(
        {
          client: fc.constantFrom('acme', 'globex', null),
          billable: fc.boolean(),
          billable_minutes: fc.constantFrom(null, 0, 12),
          task_type: fc.constantFrom(...TaskType.options),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'bill' as const,
        'rebill' as const,
        'unbill' as const,
        'recover' as const,
        'start' as const,
      ),
      ...by,
    }),
  },
);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

test('whatever is reported, billed and done, the list holds together', async () => {
  const steps = fc.array(anyStep, { minLength: 10, maxLength: 60, size: 'max' });
  await fc.assert(fc.asyncProperty(steps, walk), { numRuns: Number(process.env.WALKS ?? 150) });
});

async function walk(steps: readonly Step[]): Promise<void> {
  if (store === undefined) throw new Error('there is no database');
  const { db } = store;
  const list = scopeOf(store, randomUUID());
  const { workspaceId } = list;
  await ensureWorkspace(store, { id: workspaceId, slug: makeSlug(workspaceId) }, 'alice@one');
  for (const name of ['Acme', 'Globex']) await addRegistryEntry(list, clientVerbs, { name });
  for (const step of steps) {
    const keys = [...(await readTasks(db, workspaceId)).values()].map(({ key }) => key).sort();
    const error = await take(list, step, keys);
    expect(error?.startsWith('unknown'), error).not.toBe(true);
    expect(await findViolations(db, workspaceId), JSON.stringify(step)).toEqual([]);
    expect(await findWrongMinutes(db, workspaceId), JSON.stringify(step)).toEqual([]);
  }
}

/** Code of the error that a step ends with. */
async function take(list: Scope, step: Step, keys: readonly string[]): Promise<string | undefined> {
  if (step.kind === 'verb') {
    const operation = toOperation(step.draft, keys);
    if (operation === undefined) return undefined;
    const result = await perform(as(list, step.draft.worker), operation);
    return 'error' in result ? `${result.error} ${result.message}` : undefined;
  }
  const key = keys[step.number % keys.length];
  if (key === undefined) return undefined;
  try {
    await change(as(list, step.worker), step, key);
    return undefined;
  } catch (error) {
    if (error instanceof DocketError && error.code !== 'internal') return error.code;
    return `unknown ${(error as Error).stack}`;
  }
}

async function change(scope: Scope, step: Exclude<Step, { kind: 'verb' }>, key: string) {
  switch (step.kind) {
    case 'report':
      return recordReport(scope, key, step.report, { policy: makePolicy() });
    case 'update':
      return updateFields(scope, key, step.patch);
    case 'bill':
      return addWorkItem(scope, key, { client: 'acme', minutes: 5 });
    case 'rebill':
      return changeWorkItem(scope, key, { minutes: 9, solution: 'mended' });
    case 'unbill':
      return dropWorkItem(scope, key);
    case 'recover':
      return recoverTasks(scope, key);
    case 'start': {
      const session = `run:${scope.worker.session}`;
      const worker = { ...scope.worker, session };
      return startStep({ ...scope, worker }, key, { role: 'work', agent: 'Coding Agent' });
    }
  }
}

/** Work items whose minutes are not what their tree says now: these clients round to one minute. */
async function findWrongMinutes(db: Db, workspaceId: string): Promise<readonly string[]> {
  const tasks = await db.query(
    'SELECT id, task_key, parent_task_id, billable, billable_minutes FROM tasks WHERE workspace_id = ?',
    [workspaceId],
  );
  const runs = await db.query('SELECT task_id, active_ms FROM agent_runs WHERE workspace_id = ?', [
    workspaceId,
  ]);
  const items = await db.query(
    `SELECT linked_task_id, billable_minutes FROM work_items
     WHERE workspace_id = ? AND archived_at IS NULL`,
    [workspaceId],
  );
  const total = (task: Row | undefined): number => {
    if (task?.billable_minutes !== null) return Number(task?.billable_minutes);
    const below = tasks.filter((each) => each.parent_task_id === task.id && each.billable === 1);
    const own = runs.filter((run) => run.task_id === task.id);
    const time = own.reduce((sum, { active_ms }) => sum + Number(active_ms), 0);
    const minutes = time > 0 ? Math.max(1, Math.round(time / 60_000)) : 0;
    return minutes + below.reduce((sum, each) => sum + total(each), 0);
  };
  return items.flatMap(({ linked_task_id, billable_minutes }) => {
    const task = tasks.find(({ id }) => id === linked_task_id);
    const right = total(task);
    return right === billable_minutes
      ? []
      : [`${task?.task_key} is billed ${billable_minutes} and came to ${right}`];
  });
}
