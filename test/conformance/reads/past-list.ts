import { expect, test } from 'vitest';
import { docketOn } from '../../../lib/operations/open-docket.ts';
import type { Db } from '../../../lib/store/contract.ts';
import { text } from '../../../lib/store/sql/columns.ts';
import { taskColumns, toTask } from '../../../lib/store/tables/task-row.ts';
import { archiveTasks } from '../../../lib/tracker/archive/archive-tasks.ts';
import { diffLists } from '../../../lib/tracker/past/diff.ts';
import { readHistory } from '../../../lib/tracker/past/history.ts';
import { lookBack } from '../../../lib/tracker/past/rebuild.ts';
import { listReady, listTasks } from '../../../lib/tracker/reads/lists.ts';
import { ensureRegistryEntries } from '../../../lib/tracker/registry/ensure.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { updateTask } from '../../../lib/tracker/tasks/update.ts';
import { type Step, seqOf, take } from '../../tracker/past/any-walk.ts';
import { listAsTold } from '../../tracker/past/list-as-told.ts';
import { as, type TestLists } from '../test-lists.ts';

type Verb = (Step & { kind: 'verb' })['draft']['verb'];

/** Steps of every kind; numbers stand for tasks in the order of their keys, which are random. */
const walk: readonly Step[] = [
  verb('create'),
  verb('plan'),
  verb('create'),
  verb('link', 1, 3),
  verb('claim', 0),
  verb('claimNext'),
  verb('note', 1),
  { kind: 'update', worker: 'bob', number: 2, patch: { title: 'größer 🦊', labels: ['one'] } },
  { kind: 'update', worker: 'bob', number: 0, patch: { client: 'acme', billable: true } },
  { kind: 'update', worker: 'bob', number: 1, patch: { due: '2400-01-01T00:00:00.000Z' } },
  {
    kind: 'report',
    worker: 'alice',
    number: 1,
    report: { status: 'completed', outcome: 'as reported' },
  },
  verb('block', 2),
  { kind: 'move', worker: 'alice', number: 3, target: 0 },
  { kind: 'move', worker: 'alice', number: 2, target: null },
  verb('close', 1),
  verb('close', 2),
  verb('reopen', 2),
  { kind: 'undo', worker: 'alice', number: 0 },
  verb('cancel', 0, 0, true),
];

function verb(name: Verb, first = 0, second = 0, flag = false): Step {
  return { kind: 'verb', draft: { worker: 'alice', verb: name, first, second, flag } };
}

export function pastListSuite(lists: TestLists): void {
  test('each former list is told by the events as it was, and by Dolt the same', async () => {
    const list = await lists.list();
    await ensureRegistryEntries(list, { client: 'Acme' });
    const seen = new Map<number, Awaited<ReturnType<typeof look>>>();
    for (const step of walk) {
      await take(list, step);
      seen.set(await seqOf(list), await look(list, lists.engine.name === 'dolt'));
    }
    const moments = [...seen.keys()];
    for (const [event, { told, keys, ready, commit }] of seen) {
      await lookBack(list, { event }, async (past) => {
        const { db } = past.scope.store;
        expect(past.missing).toBe(0);
        expect(await listAsTold(db, list.workspaceId)).toEqual(told);
        expect(await keysOf(past.scope)).toEqual(keys);
        expect(await readyKeys(past.scope)).toEqual(ready);
        if (commit !== undefined) {
          expect(await plainRows(db, list.workspaceId)).toEqual(
            await plainRows(list.store.db, list.workspaceId, commit),
          );
        }
      });
    }
    const [from = 0] = moments;
    const to = moments.at(-1) ?? 0;
    const diff = await diffLists(list, { from: { event: from }, to: { event: to }, limit: 100 });
    expect(diff.tasks.map(({ after }) => after.key).sort()).toEqual(
      seen.get(to)?.told.map(({ key }) => key),
    );
  });

  test('a task whose claim ended as it got subtasks was in progress before', async () => {
    const list = await lists.list();
    const docket = docketOn(teller(list));
    const { task } = await docket.call('create', { title: 'Whole' });
    await docket.call('claim', { task: task.key });
    const claimed = await seqOf(list);
    const { db } = list.store;
    const told = await listAsTold(db, list.workspaceId);
    await docket.call('create', { title: 'Part', parent: task.key });
    const tellAgain = () =>
      lookBack(list, { event: claimed }, ({ scope }) =>
        listAsTold(scope.store.db, list.workspaceId),
      );
    expect(await tellAgain()).toEqual(told);
    // A docket before this one did not write the status.
    const [event] = await db.query(
      `SELECT seq, old_value FROM task_events WHERE workspace_id = ? AND verb = 'released'`,
      [list.workspaceId],
    );
    const { status, ...old } = JSON.parse(text(event ?? {}, 'old_value')) as { status: string };
    expect(status).toBe('in_progress');
    await db.run('UPDATE task_events SET old_value = ? WHERE workspace_id = ? AND seq = ?', [
      ...[JSON.stringify(old), list.workspaceId, event?.seq ?? null],
    ]);
    expect(await tellAgain()).toEqual(told);
  });

  test('what was archived since is told as it was, by lists, changes and tasks alike', async () => {
    const list = await lists.list();
    const docket = docketOn(teller(list));
    const { task: plan, subtasks } = await docket.call('plan', {
      title: 'Wire the flux valve',
      subtasks: [{ title: 'Find it' }, { title: 'Turn it' }],
    });
    const [first = plan, second = plan] = subtasks;
    await docket.call('claim', { task: first.key });
    await docket.call('note', { task: first.key, text: 'halfway' });
    const early = await seqOf(list);
    const { events } = await docket.call('log', { limit: 1 });
    const moment = events[0]?.createdAt ?? '';
    await docket.call('note', { task: first.key, text: 'later' });
    for (const { key } of [first, second]) await docket.call('close', { task: key });
    const { task: single } = await docket.call('create', { title: 'Paint it', needs: [plan.key] });
    await docket.call('close', { task: single.key, outcome: 'Blue' });
    const done = await seqOf(list);
    await docket.call('create', { title: 'Sell it' });
    const look = async () => ({
      lists: [
        await docket.call('at', { time: early, verb: 'list', input: { statuses: ['open'] } }),
        await docket.call('at', {
          time: done,
          verb: 'list',
          input: { statuses: ['open', 'closed'] },
        }),
      ],
      ready: await docket.call('at', { time: moment, verb: 'ready' }),
      diffs: [
        await docket.call('diff', { from: early }),
        await docket.call('diff', { from: 0, to: done }),
      ],
      tasks: await docket.call('at', {
        ...{ time: early, verb: 'show' },
        input: { tasks: [first.key, plan.key] },
      }),
      single: await docket.call('at', { time: done, verb: 'show', input: { task: single.key } }),
    });
    const before = await look();
    expect(before.tasks).toMatchObject({
      details: [
        { task: { status: 'in_progress', claim: { stale: false } }, notes: [{ text: 'halfway' }] },
        { subtasks: [{ status: 'in_progress' }, { status: 'pending' }] },
      ],
    });
    await archiveTasks(list, { olderThan: -60_000, keep: 0 });
    const plain = ({ diffs, ...rest }: typeof before) => ({
      ...rest,
      // A change that goes on until now ends at another event, and there is a new task of the list.
      diffs: diffs.map(({ tasks, counts }) => ({ tasks, counts })),
    });
    expect(plain(await look())).toEqual(plain(before));
    // Before it was archived it was in the list, afterwards not.
    const archived = await seqOf(list);
    const keysAt = async (time: number) => {
      const closed = { statuses: ['closed' as const] };
      const { tasks } = await docket.call('at', { time, verb: 'list' as const, input: closed });
      return tasks.map(({ key }) => key);
    };
    expect(await keysAt(archived - 1)).toHaveLength(4);
    expect(await keysAt(archived)).toEqual([]);
    expect(
      await docket.call('at', { time: archived, verb: 'show', input: { task: single.key } }),
    ).toMatchObject({ archived: { by: 'alice@one' }, relations: [{ key: plan.key }] });
    await docket.call('reopen', { task: single.key });
    expect(await keysAt(archived)).toEqual([]);
    expect(await keysAt(archived - 1)).toHaveLength(4);
    expect(
      await docket.call('at', { time: archived, verb: 'show', input: { task: single.key } }),
    ).toMatchObject({
      task: { status: 'completed', outcome: 'Blue' },
      relations: [{ key: plan.key, archived: true }],
    });
  });

  test('a time means the moment after the last event until then', async () => {
    const list = await lists.list();
    await take(list, verb('create'));
    const [row] = await list.store.db.query(
      'SELECT created_at FROM task_events WHERE workspace_id = ? ORDER BY seq DESC LIMIT 1',
      [list.workspaceId],
    );
    const time = `${text(row ?? {}, 'created_at').replace(' ', 'T')}Z`;
    const before = new Date(Date.parse(time) - 1).toISOString();
    const seqAt = (at: string) => lookBack(list, { time: at }, async ({ seq }) => seq);
    expect([await seqAt(time), await seqAt(before)]).toEqual([1, 0]);
  });

  test('the history of a task has what every event changed', async () => {
    const list = await lists.list();
    await take(list, verb('create'));
    const [key = ''] = await keysOf(list);
    await updateTask(as(list, 'bob'), key, {
      patch: { priority: 0, task_context: { reason: 'x' } },
    });
    const { events } = await readHistory(list, { key, all: true, limit: 10 });
    expect(events.map(({ verb: name, changes }) => [name, changes])).toEqual([
      ['created', []],
      [
        'updated',
        [
          { field: 'priority', from: 2, to: 0 },
          { field: 'context.reason', from: null, to: 'x' },
        ],
      ],
    ]);
  });
}

/** A program, whose calls leave a sign of life of a session that no other test looks at. */
function teller(list: Scope): Scope {
  return { ...list, worker: { session: 'teller-session', agent: 'main', actor: 'alice@one' } };
}

async function look(list: Scope, hasHistory: boolean) {
  const { db } = list.store;
  const [row] = hasHistory ? await db.query("SELECT DOLT_HASHOF('HEAD') AS commit_hash") : [];
  return {
    told: await listAsTold(db, list.workspaceId),
    keys: await keysOf(list),
    ready: await readyKeys(list),
    commit: row === undefined ? undefined : text(row, 'commit_hash'),
  };
}

async function keysOf(scope: Scope): Promise<readonly string[]> {
  const statuses = ['in_progress', 'blocked', 'pending'] as const;
  const { tasks } = await listTasks(scope, { statuses, limit: 100, allWorkspaces: false });
  return tasks.map(({ key }) => key);
}

async function readyKeys(scope: Scope): Promise<readonly string[]> {
  return (await listReady(scope, { limit: 100 })).tasks.map(({ key }) => key);
}

/** The rows of a list, on Dolt as they were at a commit, without what no event tells. */
async function plainRows(db: Db, workspaceId: string, commit?: string) {
  const asOf = commit === undefined ? '' : `AS OF '${commit}'`;
  const rows = await db.query(
    `SELECT ${taskColumns} FROM tasks ${asOf} WHERE workspace_id = ? ORDER BY id`,
    [workspaceId],
  );
  return rows.map(toTask).map((task) => {
    const { revision: _, updatedAt: _at, position: _position, context, ...told } = task;
    const { waitingFor: _for, startsAt: _starts, subtasksLeft: _left, ...plain } = told;
    return { ...plain, context: JSON.parse(context) as unknown };
  });
}
