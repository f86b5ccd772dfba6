import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db, SqlValue, Store } from '../../../lib/store/contract.ts';
import { activeTimesRequest } from '../../../lib/store/queries/active-times.ts';
import { findBill } from '../../../lib/store/queries/bill.ts';
import { readPromptRows } from '../../../lib/store/queries/prompt-list.ts';
import { findHeldTasks, findLastNotes, findPastEvents } from '../../../lib/store/queries/recap.ts';
import { findSearchNotes, findSearchRows } from '../../../lib/store/queries/search.ts';
import {
  countCompleted,
  sampleBlocks,
  sampleRuns,
  sampleRunsOfTasks,
  sampleTasks,
} from '../../../lib/store/queries/stats.ts';
import { treesRequest } from '../../../lib/store/queries/trees.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { findBlockStarts } from '../../../lib/store/tables/blocks.ts';
import { clientTable } from '../../../lib/store/tables/clients.ts';
import {
  dependenciesOfKeys,
  findDependents,
  findNeeding,
} from '../../../lib/store/tables/dependencies.ts';
import { findEvents } from '../../../lib/store/tables/events.ts';
import { findInfrastructureOf } from '../../../lib/store/tables/infrastructure.ts';
import { findInsights, isKnownInsight, listInsights } from '../../../lib/store/tables/insights.ts';
import { findNotes } from '../../../lib/store/tables/notes.ts';
import { findRegistryEntryBySlug } from '../../../lib/store/tables/registry.ts';
import {
  findRunning,
  findRuns,
  runningOfRequest,
  runsOfKeyRequest,
} from '../../../lib/store/tables/runs.ts';
import { findSessionsOfProcess } from '../../../lib/store/tables/sessions.ts';
import {
  findClaimedIds,
  findSubtasks,
  findTaskByKey,
  findTasksByPrefix,
  firstReady,
  listQueue,
  listStatus,
} from '../../../lib/store/tables/tasks.ts';
import { findWorkItems, listWorkItems } from '../../../lib/store/tables/work-items.ts';
import { findWorkspacesByRepository } from '../../../lib/store/tables/workspaces.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import type { Engine } from '../../engines/engines.ts';
import { explain } from './explain.ts';
import { clientId, insertManyClients } from './many-clients.ts';
import { insertManyTasks } from './many-tasks.ts';
import { createTestDatabase, type TestConnections } from './test-database.ts';

const workspaceId = '01890000-0000-7000-8000-0000000000aa';
const aTask = '00000000-0000-7000-8000-000000000007';
/** A task in the middle. */
const searched = { id: aTask, createdAt: '2026-01-01 00:30:00.000' };
/** Most of the list. */
const measured = {
  workspaceId,
  from: '2026-01-01T00:05:00.000Z',
  type: undefined,
  limit: 100,
};
const ofType = { ...measured, type: 'research' } as const;
const spans = ['2026-01-01T00:05:00.000Z', '2026-01-01T00:15:00.000Z'].map((from) => ({
  from,
  to: '2026-01-01T00:25:00.000Z',
}));
const aClient = clientId(8);
const november = { from: '2026-11-01 00:00:00.000', until: '2026-12-01 00:00:00.000' };
const live = { withArchived: false };
const page = { limit: 10, countTo: 101 };

/** Every question whose cost must not grow with the list, and how it is asked. */
const questions: Readonly<Record<string, (db: Db) => Promise<unknown>>> = {
  'the ready list': (db) => listQueue(db, workspaceId, { queue: 'ready', ...page }),
  'tasks in progress': (db) => listQueue(db, workspaceId, { queue: 'in_progress', ...page }),
  'tasks of a status': (db) => listStatus(db, workspaceId, { status: 'completed', ...page }),
  'tasks of a status, everywhere': (db) =>
    listStatus(db, undefined, { status: 'completed', ...page }),
  'the work items of a client': (db) =>
    listWorkItems(db, { workspaceId, clientId: aClient, withArchived: false }, page),
  'the work items of all clients': (db) =>
    listWorkItems(db, { workspaceId, clientId: undefined, withArchived: true }, page),
  'the work item of a task': (db) => findWorkItems(db, [aTask]),
  'the bill of a client': (db) => findBill(db, { workspaceId, clientId: aClient, ...november }),
  'the bill of all clients': (db) =>
    findBill(db, { workspaceId, clientId: undefined, ...november }),
  'a client by its name': (db) =>
    findRegistryEntryBySlug(db, clientTable, { workspaceId, slug: 'client-7' }),
  'the insights about a client': (db) =>
    listInsights(
      db,
      { workspaceId, subject: { about: 'client', subjectId: aClient }, ...live },
      page,
    ),
  'the insights about a machine': (db) =>
    listInsights(
      db,
      { workspaceId, subject: { about: 'infrastructure', subjectId: 'infra-7' }, ...live },
      page,
    ),
  'all insights': (db) => listInsights(db, { workspaceId, subject: undefined, ...live }, page),
  'whether an insight is known': (db) =>
    isKnownInsight(db, { about: 'client', subjectId: aClient }, 'Fact 8'),
  'insights by the beginning of an id': (db) => findInsights(db, workspaceId, 'insight-1'),
  'what a task is done on': (db) => findInfrastructureOf(db, [aTask]),
  'the prompt': (db) => readPromptRows(db, workspaceId, 'session-1'),
  'a task by its key': (db) => findTaskByKey(db, 'web-0001'),
  'tasks by the beginning of a key': (db) =>
    findTasksByPrefix(db, workspaceId, { prefix: 'web-00', limit: 9 }),
  'the subtasks of a task': (db) => findSubtasks(db, [aTask]),
  'the runs of a task': (db) => findRuns(db, [aTask]),
  'the run of a task': (db) => findRunning(db, [aTask]),
  'a tree with what its tasks need and what needs them': (db) =>
    ask(db, treesRequest(['web-aaaa', 'web-bbbb'])),
  'the runs of a task by its key': (db) => ask(db, runsOfKeyRequest(db, 'web-aaaa')),
  'the first ready task': (db) => ask(db, firstReady(db, workspaceId)),
  'the runs of a session': (db) =>
    ask(db, runningOfRequest(db, { workspaceId, session: 'session-1' })),
  'the claims of a session': (db) => findClaimedIds(db, 'session-1'),
  'what some tasks need': (db) => ask(db, dependenciesOfKeys(['web-0007', 'web-0008'])),
  'what needs a task': (db) => findDependents(db, [aTask]),
  'what could be the review of a task': (db) => findNeeding(db, [aTask]),
  'the notes of a task': (db) => findNotes(db, [aTask]),
  'the newest events': (db) => findEvents(db, workspaceId, { taskId: undefined, limit: 10 }),
  'the newest events of a task': (db) => findEvents(db, workspaceId, { taskId: aTask, limit: 10 }),
  'the tasks that a search looks at': (db) =>
    findSearchRows(db, workspaceId, { after: undefined, size: 100 }),
  'the tasks that a search looks at next': (db) =>
    findSearchRows(db, workspaceId, { after: searched, size: 100 }),
  'the notes that a search looks at': async (db) => {
    const rows = await findSearchRows(db, workspaceId, { after: searched, size: 100 });
    await findSearchNotes(db, workspaceId, { rows, after: searched });
  },
  'the notes that a search looks at, of tasks far from each other': async (db) => {
    const [first] = await findSearchRows(db, workspaceId, { after: undefined, size: 1 });
    const [last] = await findSearchRows(db, workspaceId, { after: searched, size: 1 });
    const rows = [first, last].flatMap((row) => row ?? []);
    await findSearchNotes(db, workspaceId, { rows, after: undefined });
  },
  'the events that a recap looks at': (db) => findPastEvents(db, workspaceId, 100),
  'what some sessions hold': (db) => findHeldTasks(db, ['session-1', 'session-2']),
  'the newest note of some tasks': (db) => findLastNotes(db, [aTask]),
  'since when some tasks are blocked': (db) => findBlockStarts(db, [aTask]),
  'what was completed lately': (db) => sampleTasks(db, measured),
  'what was completed lately, of a type': (db) => sampleTasks(db, ofType),
  'the runs of what was completed lately': (db) => sampleRunsOfTasks(db, measured),
  'the newest runs': (db) => sampleRuns(db, measured),
  'the newest runs of a type': (db) => sampleRuns(db, ofType),
  'the newest blocked times': (db) => sampleBlocks(db, measured),
  'the newest blocked times of a type': (db) => sampleBlocks(db, ofType),
  'how many were completed in some weeks': (db) =>
    countCompleted(db, measured, { spans, countTo: 100 }),
  'how many of a type were completed in some weeks': (db) =>
    countCompleted(db, ofType, { spans, countTo: 100 }),
  'what tasks of a type took': (db) =>
    ask(
      db,
      activeTimesRequest(db.dialect, { workspaceId, type: 'research', complexity: null }, 50),
    ),
  'what tasks of a type and complexity took': (db) =>
    ask(
      db,
      activeTimesRequest(db.dialect, { workspaceId, type: 'research', complexity: 'simple' }, 50),
    ),
  'the sessions of a process': (db) =>
    findSessionsOfProcess(db, { scope: 'boot-1', id: 7, start: '1' }),
  'the workspaces of a repository': (db) =>
    findWorkspacesByRepository(db, { rootCommit: 'a', origin: 'b' }),
};

/** Sorting that is short however long the list is: of what one task, session or process has. */
const shortSorts: Readonly<Record<string, RegExp>> = {
  'the claims of a session': /./,
  'the runs of a task': /./,
  'what some tasks need': /./,
  'a tree with what its tasks need and what needs them': /./,
  'the runs of a task by its key': /./,
  'what needs a task': /./,
  'what a task is done on': /./,
  'the newest events of a task': /./,
  'what tasks of a type and complexity took': /./,
  'the newest note of some tasks': /./,
  'the sessions of a process': /./,
  'the workspaces of a repository': /./,
  // A session's own claims; the notes of one task.
  'the prompt':
    /"key":"tasks_by_claim"|index: \[tasks\.claim_session_id\]|TopN\(Limit: \[1\]; n\.task_id/,
};

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
      // Dolt counts rows in the background, and plans otherwise before it has and while it does.
      if (engine.name === 'dolt')
        await store.db.query(
          `ANALYZE TABLE tasks, task_events, task_notes, agent_runs, task_blocks, clients,
             infrastructure, task_infrastructure, work_items, insights`,
        );
    });

    afterAll(async () => {
      await store?.close();
      await connections?.drop();
    });

    test.each(Object.keys(questions))('%s is read along an index, and not sorted', async (name) => {
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
      await questions[name]?.(recording);
      expect(asked.length).toBeGreaterThan(0);
      for (const { sql, params } of asked) {
        const plan = await explain(engine, store.db, { sql, params });
        expect(plan.scans).toEqual([]);
        const long = plan.sorts.filter((sort) => !shortSorts[name]?.test(sort));
        expect(long).toEqual([]);
      }
    });
  });
}
