import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { oneCommand } from '../../../lib/model/worker.ts';
import { renderPromptBlock } from '../../../lib/render/prompt/block.ts';
import { readPromptRows } from '../../../lib/store/queries/prompt-list.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { readWho } from '../../../lib/tracker/reads/who.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { insertRows } from '../database/many-tasks.ts';
import { scopeOf, type TestLists } from '../test-lists.ts';

const fleet = 1_000;
const numbers = Array.from({ length: fleet }, (_, number) => number);
const minute = 60_000;

/** A session of another host that was seen so long ago. */
function sessionRow({ workspaceId }: Scope, id: string, ago: number) {
  return {
    ...{ id, workspace_id: workspaceId, actor: 'bob@two', host: 'two', cwd: '/w' },
    ...{ process_scope: null, process_id: null, process_start: null },
    ...{ started_at: timeAgo(ago + 60 * minute), last_seen_at: timeAgo(ago), ended_at: null },
  };
}

function timeAgo(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString().slice(0, -1).replace('T', ' ');
}

/** A session of a list, as the tests share one table of sessions. */
const idOf = ({ workspaceId }: Scope, name: string | number) => `${name}-${workspaceId}`;

/** Tasks in progress, one for each session of the fleet. */
function claimedRow(list: Scope, number: number) {
  const at = timeAgo((fleet - number) * 1_000);
  const { workspaceId } = list;
  const key = `${workspaceId.slice(0, 8)}-${number}`;
  return {
    ...{ id: `${workspaceId.slice(0, 23)}-${String(number).padStart(12, '0')}`, task_key: key },
    ...{ workspace_id: workspaceId, title: `Task ${number} ${'of many '.repeat(20)}` },
    ...{ description: '', status: 'in_progress', task_type: 'research', priority: 2 },
    ...{ claim_session_id: idOf(list, number), claim_agent_id: 'main', claim_actor: 'bob@two' },
    ...{ claimed_at: at, started_at: at, created_session_id: 'alice-session', task_context: '{}' },
    ...{ created_at: at, created_by: 'alice@one', updated_at: at, revision: String(number) },
    queue: 'in_progress',
  };
}

export function manySessionsSuite(lists: TestLists): void {
  test('who counts every live session of a fleet, behind many that have ended', async () => {
    const list = await lists.list();
    await insertRows(list.store, 'sessions', [
      ...numbers.map((number) => sessionRow(list, idOf(list, number), 5 * minute)),
      ...numbers.map((number) => ({
        ...sessionRow(list, idOf(list, `ended-${number}`), minute),
        ended_at: timeAgo(minute),
      })),
      ...numbers.map((number) => sessionRow(list, idOf(list, `silent-${number}`), 90 * minute)),
      ...numbers.map(() => sessionRow(list, oneCommand('terminal:bob@two'), minute)),
    ]);
    const { total, sessions } = await readWho(list, { limit: 50 });
    expect(total).toBe(fleet);
    expect(sessions).toHaveLength(50);
  });

  test('who knows a session of this machine that waits for its person since long ago', async () => {
    const elsewhere = await lists.list();
    const id = idOf(elsewhere, 'waits');
    const process = { process_scope: elsewhere.workspaceId, process_id: 7, process_start: '1' };
    await insertRows(elsewhere.store, 'sessions', [
      { ...sessionRow(elsewhere, id, 3 * 24 * 60 * minute), ...process },
    ]);
    expect((await readWho(elsewhere, { limit: 50 })).sessions).toEqual([]);
    const here = { ...elsewhere, probe: { scope: elsewhere.workspaceId, isAlive: () => true } };
    expect((await readWho(here, { limit: 50 })).sessions).toMatchObject([{ session: id }]);
  });

  test('the prompt block of a fleet is as short as any, and counts what it leaves out', async () => {
    // Not one of which everything is checked: nothing but what a prompt reads is in it.
    const list = scopeOf(lists.store(), randomUUID());
    await ensureWorkspace(list.store, { id: list.workspaceId, slug: 'web' }, 'alice@one');
    await insertRows(
      list.store,
      'sessions',
      numbers.map((number) => sessionRow(list, idOf(list, number), minute)),
    );
    await insertRows(
      list.store,
      'tasks',
      numbers.map((number) => claimedRow(list, number)),
    );
    const reading = await readPromptRows(list.store.db, list.workspaceId, idOf(list, 7));
    if (reading === undefined) throw new Error('the list is there');
    const { session, ...reader } = { session: idOf(list, 7), actor: 'bob@two', isRun: false };
    const text = renderPromptBlock(reading.list, { ...reader, session, probe: list.probe });
    expect(text.length).toBeLessThanOrEqual(4_000);
    expect(text).toMatch(/^\+\d+ or more: docket list --status in_progress$/m);
  });
}
