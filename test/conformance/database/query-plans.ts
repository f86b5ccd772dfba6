import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db, SqlValue, Store } from '../../../lib/store/contract.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import type { Engine } from '../../engines/engines.ts';
import { requestedName } from '../../engines/requested/engines.ts';
import { explain } from './explain.ts';
import { insertManyClients } from './many-clients.ts';
import { insertManyTasks } from './many-tasks.ts';
import { questions, shortSorts, workspaceId } from './plan-questions.ts';
import { createTestDatabase, type TestConnections } from './test-database.ts';
import { otherOnTidb } from './tidb-plans.ts';

/** The tables whose rows are so many that it matters. */
const counted = [
  ...['tasks', 'task_events', 'task_notes', 'agent_runs', 'task_blocks', 'clients'],
  ...['infrastructure', 'task_infrastructure', 'work_items', 'invoice_lines', 'insights'],
];

export function queryPlansSuite(engine: Engine): void {
  describe('with thousands of tasks', () => {
    let connections: TestConnections | undefined;
    let store: Store | undefined;

    beforeAll(async () => {
      connections = await createTestDatabase(engine, `docketplans${process.env.TZ?.length}`);
      store = await openStore(connections.admin);
      await ensureWorkspace(store, { id: workspaceId, slug: 'web' }, 'alice@one');
      await insertManyTasks(store, { workspaceId, count: 4_000 });
      await insertManyClients(store, { workspaceId, count: 4_000 });
      // These count rows in the background, and plan otherwise before they have and while they do.
      if (engine.name === 'dolt' || requestedName() !== undefined) {
        for (const table of counted) await store.db.run(`ANALYZE TABLE ${table}`);
      }
    });

    afterAll(async () => {
      await store?.close();
      await connections?.drop();
    });

    test.for(Object.keys(questions))(
      '%s is read along an index, and not sorted',
      async (name, { skip }) => {
        skip(requestedName() === 'tidb' && otherOnTidb.has(name), 'TiDB reads it another way');
        if (store === undefined) throw new Error('there is no database');
        const asked: { sql: string; params: readonly SqlValue[] }[] = [];
        const recording: Db = {
          ...store.db,
          query: (sql, params = []) => {
            asked.push({ sql, params });
            return store?.db.query(sql, params) ?? Promise.resolve([]);
          },
          batch: (statements) => {
            asked.push(...statements.map(({ sql, params = [] }) => ({ sql, params })));
            return store?.db.batch(statements) ?? Promise.resolve([]);
          },
        };
        const question = questions[name]?.(recording);
        await (question !== undefined && 'statements' in question
          ? ask(recording, question)
          : question);
        expect(asked.length).toBeGreaterThan(0);
        for (const { sql, params } of asked) {
          const plan = await explain(engine, store.db, { sql, params });
          expect(plan.scans).toEqual([]);
          const long = plan.sorts.filter((sort) => !shortSorts[name]?.test(sort));
          expect(long).toEqual([]);
        }
      },
    );
  });
}
