import { expect, test } from 'vitest';
import { readClock } from '../../../lib/store/sql/clock.ts';
import { ask } from '../../../lib/store/sql/request.ts';
import { sessionsByIds } from '../../../lib/store/tables/sessions.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { listReady } from '../../../lib/tracker/reads/lists.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { readPromptList } from '../../../lib/tracker/reads/prompt-list.ts';
import { startSession } from '../../../lib/tracker/runs/sessions.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { create } from '../agents/steps.ts';
import type { TestLists } from '../test-lists.ts';

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function timesSuite(lists: TestLists): void {
  test('the database’s clock is UTC, in milliseconds, whatever the zones around it', async () => {
    const before = Date.now();
    const clock = await readClock(lists.store().db);
    expect(clock).toMatch(iso);
    // The servers run on this machine, so the clock is the same; a wrong zone is hours away.
    expect(Date.parse(clock)).toBeGreaterThanOrEqual(before - 1_000);
    expect(Date.parse(clock)).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test('every time that is written is read as the same moment', async () => {
    const list = await lists.list();
    const before = Date.now() - 1_000;
    const key = await create(list, 'Task');
    const claimed = await claimTask(list, key);
    const { note } = await addNote(list, key, 'x');
    const session = `times-${list.workspaceId}`;
    await startSession(list.store, {
      id: session,
      workspaceId: list.workspaceId,
      actor: 'alice@one',
      host: 'one',
      processScope: null,
      processId: null,
      processStart: null,
      cwd: null,
    });
    const [stored] = await ask(list.store.db, sessionsByIds([session]));
    const reading = await readPromptList(lists.connection(), {
      workspaceId: list.workspaceId,
      sessionId: 'alice-session',
      open: { mode: 'read' },
    });
    const prompt = reading?.list;
    await closeTask(list, key);
    const { task, notes, at } = await showTask(list, key);
    const { events } = await readLog(list, { limit: 1 });
    const after = Date.now() + 1_000;
    const times = {
      created: task.createdAt,
      started: task.startedAt,
      completed: task.completedAt,
      updated: task.updatedAt,
      claimed: claimed.task.claim?.since,
      noted: note.createdAt,
      read: notes[0]?.createdAt,
      event: events[0]?.createdAt,
      sessionStart: stored?.startedAt,
      seen: stored?.lastSeenAt,
      prompt: prompt?.at,
      since: prompt?.mine[0]?.since,
      at,
      listed: (await listReady(list, { limit: 1 })).at,
    };
    for (const [name, time] of Object.entries(times)) {
      expect(time, name).toMatch(iso);
      expect(Date.parse(time ?? ''), name).toBeGreaterThanOrEqual(before);
      expect(Date.parse(time ?? ''), name).toBeLessThanOrEqual(after);
    }
    expect(times.read).toBe(times.noted);
    expect(times.since).toBe(times.claimed);
  });
}
