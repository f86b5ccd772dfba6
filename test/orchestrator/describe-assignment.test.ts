import { expect, test } from 'vitest';
import { describeAssignment } from '../../lib/orchestrator/describe-assignment.ts';
import type { Db } from '../../lib/store/contract.ts';
import { startStep } from '../../lib/tracker/agents/agent-steps.ts';
import { ensureWorkspace } from '../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../lib/tracker/database/open.ts';
import type { Scope } from '../../lib/tracker/scope.ts';
import { closeTask } from '../../lib/tracker/tasks/close.ts';
import { createPlan, extendPlan } from '../../lib/tracker/tasks/create-plan.ts';
import { scopeOf } from '../conformance/test-lists.ts';
import { temporaryFile } from '../store/sqlite/temporary-file.ts';

async function openList(context: { onTestFinished(work: () => Promise<void>): void }) {
  const store = await openStore({ kind: 'sqlite', path: temporaryFile() });
  context.onTestFinished(() => store.close());
  const { id } = await ensureWorkspace(store, { id: crypto.randomUUID(), slug: 'web' }, 'alice');
  return scopeOf(store, id);
}

/** A task three levels down that needs `size` others, and the number of statements to describe it. */
async function describe(list: Scope, size: number) {
  const parts = Array.from({ length: size }, (_, index) => ({ title: `Part ${index + 1}` }));
  const { task: root } = await createPlan(list, { title: 'Root', subtasks: [{ title: 'Middle' }] });
  const middle = `${root.key}.1`;
  const last = { title: 'Last', needs: parts.map((_, index) => index + 1) };
  await extendPlan(list, middle, [...parts, last]);
  for (const [index] of parts.entries()) {
    await closeTask(list, `${middle}.${index + 1}`, { outcome: `came of ${index + 1}` });
  }
  const key = `${middle}.${size + 1}`;
  const run = await startStep(list, key, { role: 'work', agent: 'Coding Agent' });
  let statements = 0;
  const store = {
    ...list.store,
    read: <T>(work: (db: Db) => Promise<T>) =>
      list.store.read((db) => {
        const query: Db['query'] = (sql, params) => {
          statements += 1;
          return db.query(sql, params);
        };
        const batch: Db['batch'] = (asked) => {
          statements += asked.length;
          return db.batch(asked);
        };
        return work({ ...db, query, batch });
      }),
  };
  return { assignment: await describeAssignment({ ...list, store }, { key, run }), statements };
}

test('an agent is told what its task is part of, from the outside in, and what came of what it needs', async (context) => {
  const { assignment } = await describe(await openList(context), 2);
  expect(assignment.task.title).toBe('Last');
  const { partOf, before, earlier, progress } = assignment.handOver;
  expect(partOf.map(({ title }) => title)).toEqual(['Root', 'Middle']);
  expect(before.map(({ outcome }) => outcome)).toEqual(['came of 1', 'came of 2']);
  expect(progress).toEqual({ done: 2, total: 3 });
  expect(earlier).toEqual([]);
});

test('a task that needs many others is described with as many statements as one that needs few', async (context) => {
  const list = await openList(context);
  const few = await describe(list, 1);
  const many = await describe(list, 9);
  expect(few.statements).toBeGreaterThan(0);
  expect(many.statements).toBe(few.statements);
});
