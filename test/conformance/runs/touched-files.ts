import { expect, test } from 'vitest';
import { makePolicy } from '../../../lib/model/run/policy.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { touchedOfKey } from '../../../lib/store/tables/touched-files.ts';
import { recordReport } from '../../../lib/tracker/agents/report.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { readWho } from '../../../lib/tracker/reads/who.ts';
import { endSession, startSession } from '../../../lib/tracker/runs/sessions.ts';
import {
  type Edit,
  findSharedFiles,
  recordEdits,
} from '../../../lib/tracker/runs/touched-files.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { releaseTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { cancelTask, closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { claim, create, createContainer } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

function edit(path: string, more: Partial<Edit> = {}): Edit {
  return { path, isNew: false, agent: 'main', task: undefined, ...more };
}

/** A worker in a session that no other list has, as the tests share one table of sessions. */
function worker(list: Scope, name: string, agent = 'main'): Scope {
  const session = `${name}-${list.workspaceId}`;
  return { ...list, worker: { session, agent, actor: `${name}@one` } };
}

/** Registers the session of a worker, which lives elsewhere. */
function begin({ store, workspaceId, worker: { session, actor } }: Scope): Promise<void> {
  const process = { processScope: null, processId: null, processStart: null };
  return startSession(store, {
    id: session,
    workspaceId,
    actor,
    host: 'two',
    cwd: '/w',
    ...process,
  });
}

async function filesOf(list: Scope, key: string) {
  const { files } = await ask(list.store.db, touchedOfKey(key));
  return files.map(({ path, isNew }) => (isNew ? `new ${path}` : path));
}

async function contextOf(list: Scope, key: string) {
  return (await showTask(list, key)).task.context;
}

export function touchedFilesSuite(lists: TestLists): void {
  test('files that a session edits go into the context of its task when that is closed', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    await recordEdits(alice, [edit('src/a.ts'), edit('src/b.ts', { isNew: true })]);
    await recordEdits(alice, [edit('src/a.ts'), edit('src/b.ts')]);
    expect(await filesOf(alice, key)).toEqual(['src/a.ts', 'new src/b.ts']);
    expect(await contextOf(alice, key)).not.toHaveProperty('files_modified');
    const { task } = await closeTask(alice, key, { outcome: 'done' });
    const files = { files_created: ['src/b.ts'], files_modified: ['src/a.ts'] };
    expect(task.context).toMatchObject(files);
    expect(await contextOf(alice, key)).toMatchObject(files);
  });

  test('edits are no part of the history, and cost the list no number', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    const { events } = await readLog(alice, { limit: 10 });
    await recordEdits(alice, [edit('src/a.ts')]);
    expect((await readLog(alice, { limit: 10 })).events).toEqual(events);
  });

  test('an edit counts for the claim of its worker, the latest one', async () => {
    const alice = worker(await lists.list(), 'alice');
    const [first, second, own] = [
      await create(alice, 'First'),
      await create(alice, 'Second'),
      await create(alice, 'Own'),
    ];
    await claim(alice, first, second);
    await claim(worker(alice, 'alice', 'coder-1'), own);
    await recordEdits(alice, [
      edit('main.ts'),
      edit('coder.ts', { agent: 'coder-1' }),
      edit('helper.ts', { agent: 'helper-2' }),
      edit('given.ts', { agent: 'coder-3', task: first }),
    ]);
    expect(await filesOf(alice, second)).toEqual(['helper.ts', 'main.ts']);
    expect(await filesOf(alice, own)).toEqual(['coder.ts']);
    expect(await filesOf(alice, first)).toEqual(['given.ts']);
  });

  test('an edit of a session without a claim is of no task, and so is one of a finished task', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    await releaseTask(alice, key);
    await recordEdits(alice, [edit('src/a.ts'), edit('src/b.ts', { task: 'web-none' })]);
    expect(await filesOf(alice, key)).toEqual([]);
    await closeTask(alice, key);
    expect(await contextOf(alice, key)).not.toHaveProperty('files_modified');
  });

  test('a report and the edits name each file once', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    await recordEdits(alice, [edit('src/a.ts'), edit('src/b.ts')]);
    const report = { status: 'completed', files_modified: ['./src/a.ts', 'docs/x.md'] };
    await recordReport(alice, key, report, { policy: makePolicy() });
    expect(await contextOf(alice, key)).toMatchObject({
      files_modified: ['src/a.ts', 'docs/x.md', 'src/b.ts'],
    });
  });

  test('whatever ends a run keeps the files of it', async () => {
    const alice = worker(await lists.list(), 'alice');
    const bob = worker(alice, 'bob');
    const modified = { files_modified: ['src/a.ts'] };
    const keys = [];
    for (const title of ['released', 'cancelled', 'stolen', 'split']) {
      const key = await create(alice, title);
      keys.push(key);
      await claim(alice, key);
      await recordEdits(alice, [edit('src/a.ts')]);
    }
    const [released = '', cancelled = '', stolen = '', split = ''] = keys;
    await releaseTask(alice, released);
    await cancelTask(alice, cancelled);
    await claimTask(bob, stolen, { steal: true, force: true });
    await createTask(alice, { title: 'Part' }, { parent: split });
    for (const key of keys) expect(await contextOf(alice, key)).toMatchObject(modified);
  });

  test('a plan has the files of its steps when they are cancelled together', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await createContainer(alice, 2);
    await claim(alice, `${key}.1`);
    await recordEdits(alice, [edit('src/a.ts')]);
    await cancelTask(alice, key, { cancelOpen: true });
    expect(await contextOf(alice, `${key}.1`)).toMatchObject({ files_modified: ['src/a.ts'] });
  });

  test('two live sessions that edit one file find each other, with what it is for', async () => {
    const alice = worker(await lists.list(), 'alice');
    const bob = worker(alice, 'bob');
    await begin(alice);
    await begin(bob);
    const key = await create(bob, 'Fix the login');
    await claim(bob, key);
    await recordEdits(alice, [edit('src/a.ts'), edit('own.ts')]);
    expect(await findSharedFiles(alice)).toEqual([]);
    await recordEdits(bob, [edit('src/a.ts', { agent: 'coder-1' }), edit('other.ts')]);
    expect(await findSharedFiles(alice)).toEqual([
      {
        path: 'src/a.ts',
        ...{ session: bob.worker.session, agent: 'coder-1', actor: 'bob@one' },
        task: { key, title: 'Fix the login' },
      },
    ]);
    expect(await findSharedFiles(bob)).toMatchObject([
      { path: 'src/a.ts', session: alice.worker.session, actor: 'alice@one', task: null },
    ]);
    await endSession(bob.store, bob.worker.session, 'logout');
    expect(await findSharedFiles(alice)).toEqual([]);
  });

  test('paths of any letters and of full length are kept apart', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    const paths = ['a.ts', 'A.ts', 'ä.ts', 'o\'k\\ "x" 😀.ts', '😀'.repeat(500)];
    await recordEdits(
      alice,
      paths.map((path) => edit(path)),
    );
    expect((await filesOf(alice, key)).toSorted()).toEqual(paths.toSorted());
  });

  test('more edits than one statement takes are all kept', async () => {
    const alice = worker(await lists.list(), 'alice');
    const key = await create(alice, 'Wire the flux valve');
    await claim(alice, key);
    await recordEdits(
      alice,
      Array.from({ length: 230 }, (_, index) => edit(`src/${index}.ts`)),
    );
    expect(await filesOf(alice, key)).toHaveLength(230);
  });

  test('an edit is for no task of another list, and no other list tells of it', async () => {
    const here = worker(await lists.list('here'), 'alice');
    const there = { ...(await lists.list('there')), worker: here.worker };
    await begin(here);
    const [own, foreign] = [await create(here, 'Own'), await create(there, 'Secret')];
    await claim(here, own);
    await claim(there, foreign);
    await recordEdits(here, [edit('src/a.ts'), edit('src/b.ts', { task: foreign })]);
    await recordEdits(there, [edit('secret/plan.ts')]);
    expect(await filesOf(here, own)).toEqual(['src/a.ts']);
    expect(await filesOf(there, foreign)).toEqual(['secret/plan.ts']);
    const { sessions } = await readWho(here, { limit: 10 });
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.holds.map(({ key }) => key)).toEqual([own]);
    expect(sessions[0]?.files.map(({ path, task }) => [path, task?.key])).toEqual([
      ['src/a.ts', own],
      ['src/b.ts', undefined],
    ]);
  });

  test('edits of long ago are forgotten with the next ones', async () => {
    const alice = worker(await lists.list(), 'alice');
    const { db } = alice.store;
    await recordEdits(alice, [edit('old.ts')]);
    await db.run("UPDATE touched_files SET touched_at = '2020-01-01 00:00:00.000' WHERE path = ?", [
      'old.ts',
    ]);
    await recordEdits(alice, [edit('new.ts')]);
    const rows = await db.query('SELECT path FROM touched_files WHERE workspace_id = ?', [
      alice.workspaceId,
    ]);
    expect(rows).toEqual([{ path: 'new.ts' }]);
  });
}
