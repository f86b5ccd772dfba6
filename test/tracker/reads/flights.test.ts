import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Db, Store } from '../../../lib/store/contract.ts';
import { startStep } from '../../../lib/tracker/agents/agent-steps.ts';
import { readPlanState } from '../../../lib/tracker/agents/plan-state.ts';
import { readForAgent } from '../../../lib/tracker/agents/read-for-agent.ts';
import { readBill } from '../../../lib/tracker/billing/bill.ts';
import { listWork, showWorkItem } from '../../../lib/tracker/billing/work-items.ts';
import { ensureWorkspace } from '../../../lib/tracker/database/join-workspace.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { insightsFor } from '../../../lib/tracker/insights/insights.ts';
import { addInsight, listAllInsights, showInsight } from '../../../lib/tracker/insights/verbs.ts';
import { showTask } from '../../../lib/tracker/reads/detail.ts';
import { eventsSince } from '../../../lib/tracker/reads/events-since.ts';
import { listReady, listTasks } from '../../../lib/tracker/reads/lists.ts';
import { readLog } from '../../../lib/tracker/reads/log.ts';
import { overview } from '../../../lib/tracker/reads/overview.ts';
import { recap } from '../../../lib/tracker/reads/recap.ts';
import { searchTasks } from '../../../lib/tracker/reads/search.ts';
import { readStats } from '../../../lib/tracker/reads/stats.ts';
import { readTaskTree } from '../../../lib/tracker/reads/tree.ts';
import { readVersion } from '../../../lib/tracker/reads/version.ts';
import { readWho } from '../../../lib/tracker/reads/who.ts';
import {
  clientVerbs,
  infrastructureVerbs,
  projectVerbs,
} from '../../../lib/tracker/registry/fields.ts';
import {
  addRegistryEntry,
  listRegistryEntries,
  showRegistryEntry,
} from '../../../lib/tracker/registry/verbs.ts';
import { findSharedFiles, recordEdits } from '../../../lib/tracker/runs/touched-files.ts';
import type { Scope } from '../../../lib/tracker/scope.ts';
import { blockTask } from '../../../lib/tracker/tasks/block.ts';
import { claimTask } from '../../../lib/tracker/tasks/claim.ts';
import { closeTask } from '../../../lib/tracker/tasks/close.ts';
import { createTask } from '../../../lib/tracker/tasks/create.ts';
import { createPlan } from '../../../lib/tracker/tasks/create-plan.ts';
import { linkTasks } from '../../../lib/tracker/tasks/link.ts';
import { addNote } from '../../../lib/tracker/tasks/note.ts';
import { listRuns } from '../../../lib/tracker/view/run.ts';
import { as, scopeOf } from '../../conformance/test-lists.ts';

// A flight is one call of the database: over a network it costs a round trip, whatever it holds.
// Beside those of the verb a command has its login, a greeting, a sign of life and a goodbye.

const folder = mkdtempSync(join(tmpdir(), 'docket-flights-'));
let store: Store | undefined;
let list: Scope;
/** Keys of a plan's root, of its deepest subtask, and of a completed task that was billed. */
let root: string;
let leaf: string;
let billed: string;
let insight: string;

beforeAll(async () => {
  store = await openStore({ kind: 'sqlite', path: join(folder, 'docket.db') });
  const { id } = await ensureWorkspace(store, { id: crypto.randomUUID(), slug: 'web' }, 'alice');
  list = scopeOf(store, id);
  await addRegistryEntry(list, clientVerbs, { name: 'Example Ltd' });
  await addRegistryEntry(list, projectVerbs, { name: 'Shop', client: 'Example Ltd' });
  await addRegistryEntry(list, infrastructureVerbs, { name: 'db-1', client: 'Example Ltd' });
  const about = { about: 'infrastructure', name: 'db-1' } as const;
  insight = (await addInsight(list, 'It restarts slowly', about)).id;
  const attribution = {
    client: 'Example Ltd',
    project: 'Shop',
    infrastructure: ['db-1'],
    billable: true,
  };
  const { task } = await createPlan(list, {
    title: 'Root',
    ...attribution,
    subtasks: [{ title: 'First' }, { title: 'Second', needs: [1] }],
  });
  root = task.key;
  for (const title of ['Deep', 'Deeper'])
    await createTask(list, { title }, { parent: `${root}.1` });
  leaf = `${root}.1.2`;
  await closeTask(list, `${root}.1.1`, { outcome: 'done' });
  await linkTasks(list, { task: leaf, target: `${root}.1.1`, type: 'related' });
  await startStep(list, leaf, { role: 'work', agent: 'Coding Agent' });
  await addNote(list, leaf, 'halfway');
  billed = (await createTask(list, { title: 'Billed', ...attribution })).task.key;
  await closeTask(list, billed, { outcome: 'mended', billableMinutes: 30 });
  for (const title of ['Claimed', 'Blocked', 'Ready', 'Ready too']) {
    await createTask(as(list, 'bob'), { title });
  }
  const { tasks } = await listReady(list, { limit: 10 });
  const [claimed, blocked] = tasks.filter(({ parent }) => parent === null);
  await claimTask(as(list, 'bob'), claimed?.key ?? '');
  await blockTask(as(list, 'bob'), blocked?.key ?? '', { reason: 'the vendor' });
});

afterAll(async () => {
  await store?.close();
  rmSync(folder, { recursive: true });
});

/** The same list, with the flights that it makes. */
function countFlights(): { list: Scope; flights(): number } {
  let flights = 0;
  const counted = (db: Db): Db => ({
    ...db,
    query: (...asked) => {
      flights += 1;
      return db.query(...asked);
    },
    run: (...asked) => {
      flights += 1;
      return db.run(...asked);
    },
    batch: (...asked) => {
      flights += 1;
      return db.batch(...asked);
    },
  });
  const { store: plain } = list;
  const counting: Store = {
    ...plain,
    db: counted(plain.db),
    read: (work) => plain.read((db) => work(counted(db))),
  };
  return { list: { ...list, store: counting }, flights: () => flights };
}

const unfinished = ['in_progress', 'blocked', 'pending'] as const;

/** What each verb may cost. A shortened key costs up to two flights more. */
const verbs: Readonly<Record<string, readonly [number, (list: Scope) => Promise<unknown>]>> = {
  list: [2, (list) => listTasks(list, { statuses: unfinished, limit: 50, allWorkspaces: false })],
  'list --all-workspaces': [
    2,
    (list) => listTasks(list, { statuses: unfinished, limit: 50, allWorkspaces: true }),
  ],
  ready: [2, (list) => listReady(list, { limit: 50 })],
  'show of a plan': [2, (list) => showTask(list, root)],
  'show of a subtask': [2, (list) => showTask(list, leaf)],
  'show of what was billed': [2, (list) => showTask(list, billed)],
  'show by a shortened key': [4, (list) => showTask(list, leaf.slice('web-'.length))],
  checklist: [2, (list) => readTaskTree(list, root)],
  runs: [2, (list) => listRuns(list, root)],
  log: [1, (list) => readLog(list, { limit: 50 })],
  'log of a task': [2, (list) => readLog(list, { key: leaf, limit: 50 })],
  'what a watcher asks': [1, (list) => readVersion(list, { everywhere: false })],
  'what a watcher of all lists asks': [1, (list) => readVersion(list, { everywhere: true })],
  'what a board follows': [1, (list) => eventsSince(list, 0, { limit: 50 })],
  search: [2, (list) => searchTasks(list, 'e', { limit: 50 })],
  'search past the first page': [
    4,
    (list) => searchTasks(list, 'e', { limit: 50, pageSize: 5, depth: 20 }),
  ],
  overview: [2, (list) => overview(list, { timeZone: 'UTC' })],
  recap: [2, (list) => recap(list, { sessions: 3 })],
  who: [2, (list) => readWho(list, { limit: 50 })],
  'the edits of a session, for its claim': [
    3,
    (list) => recordEdits(list, [{ path: 'a.ts', isNew: false, agent: 'main', task: undefined }]),
  ],
  'who else edits what a session does': [1, (list) => findSharedFiles(list)],
  stats: [2, (list) => readStats(list, { weeks: 4 })],
  'stats of an agent': [2, (list) => readStats(list, { weeks: 4, agent: 'Coding Agent' })],
  billing: [2, (list) => readBill(list, {})],
  'billing of a client': [2, (list) => readBill(list, { client: 'Example Ltd' })],
  'client list': [2, (list) => listRegistryEntries(list, clientVerbs)],
  'client show': [2, (list) => showRegistryEntry(list, clientVerbs, 'Example Ltd')],
  'project list': [2, (list) => listRegistryEntries(list, projectVerbs)],
  'project show': [2, (list) => showRegistryEntry(list, projectVerbs, 'Shop')],
  'infra list': [2, (list) => listRegistryEntries(list, infrastructureVerbs)],
  'infra show': [2, (list) => showRegistryEntry(list, infrastructureVerbs, 'db-1')],
  'insight list': [1, (list) => listAllInsights(list, { limit: 50 })],
  'insight list of a client': [
    2,
    (list) => listAllInsights(list, { about: { about: 'client', name: 'Example Ltd' }, limit: 50 }),
  ],
  'insight show': [1, (list) => showInsight(list, insight)],
  'work-item list': [1, (list) => listWork(list, { limit: 50 })],
  'work-item list of a client': [2, (list) => listWork(list, { client: 'Example Ltd', limit: 50 })],
  'work-item show': [2, (list) => showWorkItem(list, billed)],
  'what an orchestrator reads of a plan': [2, (list) => readPlanState(list, root)],
  'what an agent is told of its task': [2, (list) => readForAgent(list, leaf)],
  'what an agent is told of what it works on': [2, (list) => insightsFor(list, leaf)],
};

test.each(Object.keys(verbs))('%s takes few flights', async (name) => {
  const [most, read] = verbs[name] ?? [0, async () => undefined];
  const { list: counted, flights } = countFlights();
  await read(counted);
  expect(flights()).toBeGreaterThan(0);
  expect(flights()).toBeLessThanOrEqual(most);
});
