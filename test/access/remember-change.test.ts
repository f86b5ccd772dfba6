import { rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planConnection, resolveContext } from '../../lib/config/resolve.ts';
import { snapshotIdOf } from '../../lib/config/snapshot-id.ts';
import type { PromptList, PromptTask } from '../../lib/model/prompt/list.ts';
import { readSnapshot, saveSnapshot } from '../../lib/state/snapshot.ts';
import { readPromptList } from '../../lib/tracker/reads/prompt-list.ts';
import { type CliHarness, openCliHarness, workspace } from '../cli/cli-harness.ts';

const sessionId = 'session-a';

async function readDatabase({ project, env }: CliHarness): Promise<PromptList> {
  const connection = planConnection(resolveContext(project, env), env);
  const request = { workspaceId: workspace.id, sessionId, open: { mode: 'read' } } as const;
  const list = (await readPromptList(connection, request))?.list;
  if (list === undefined) throw new Error('the database has no list');
  return list;
}

/** What this machine keeps of a list, as prompts do and as commands amend it. */
function memoryOf({ project, env }: CliHarness) {
  const folder = `${env.XDG_STATE_HOME}/docket`;
  const id = snapshotIdOf({ ...resolveContext(project, env), workspace });
  return {
    keep: (list: PromptList) => saveSnapshot(folder, id, { list, readAt: Date.now() }),
    read: () => readSnapshot(folder, id),
  };
}

/**
 * A list without what verbs' answers do not tell: exact clocks, ends of equal priority, versions and
 * how far a plan is.
 */
function told({ slug, counts, ...list }: PromptList) {
  const byKey = (lines: readonly PromptTask[]) =>
    [...lines]
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map((line) => ({ ...line, plan: undefined, holder: undefined }));
  return {
    ...{ slug, counts },
    claims: byKey([...list.mine, ...list.others]),
    blocked: byKey(list.blocked),
    ready: byKey(list.ready),
    waiting: byKey(list.waiting),
  };
}

test('what commands do is in the last list, as the database has it', async () => {
  const docket = openCliHarness();
  const other = docket.with({ env: { DOCKET_SESSION: 'session-b', DOCKET_ACTOR: 'bob@two' } });
  const first = await docket.create('Wire the valve');
  const second = await docket.create('Paint the valve', '--needs', first);
  const memory = memoryOf(docket);
  memory.keep(await readDatabase(docket));
  async function expectTold(...argv: readonly string[]): Promise<void> {
    await docket.text(...argv);
    const kept = memory.read();
    expect(kept?.isAmended).toBe(true);
    expect([argv, kept && told(kept.list)]).toEqual([argv, told(await readDatabase(docket))]);
  }
  const [third, fourth] = [await docket.create('Third'), await docket.create('Fourth')];
  memory.keep(await readDatabase(docket));
  await expectTold('claim', third, fourth);
  await expectTold('block', third, fourth, '--reason', 'The key');
  await expectTold('close', third, fourth);

  const [parent, moved] = [await docket.create('Whole'), await docket.create('Moved')];
  await docket.text('create', 'Waits', '--needs', moved);
  await docket.text('create', 'Part', '--parent', moved);
  memory.keep(await readDatabase(docket));
  await expectTold('update', moved, '--parent', parent);

  await expectTold('create', 'Test the valve', '--priority', '0');
  await expectTold('claim', first);
  await expectTold('update', first, '--title', 'Wire both valves', '--priority', '1');
  await expectTold('block', first, '--reason', 'no wire');
  await expectTold('unblock', first);
  await expectTold('note', first, 'halfway');
  await expectTold('close', first, '--outcome', 'wired');
  await expectTold('claim', second);
  await expectTold('release', second);
  await expectTold('cancel', second);
  await expectTold('reopen', second);
  await expectTold('plan', '# Big\n- [ ] one\n- [ ] two\n- [ ] three');
  const { ready } = await readDatabase(docket);
  const step = ready.find(({ title }) => title === 'one')?.key ?? '';
  await expectTold('close', step);
  await expectTold('create', 'under a leaf', '--parent', second);
  await expectTold('link', `${step.split('.')[0]}.2`, second);
  await expectTold('cancel', `${step.split('.')[0]}`, '--cancel-open');
  await other.text('claim', `${second}.1`);
  expect(memory.read()?.list.mine).toMatchObject([{ actor: 'bob@two', session: 'session-b' }]);
});

test('follow-ups are counted, as the answer does not tell their titles', async () => {
  const docket = openCliHarness();
  const memory = memoryOf(docket);
  const key = await docket.create('Wire the valve');
  memory.keep(await readDatabase(docket));
  await docket.text('close', key, '--follow-up', 'Label it', '--follow-up', 'Paint it');
  expect(memory.read()?.list).toMatchObject({ ready: [], counts: { ready: 2 } });
});

test('a list that is cut keeps its counts, and shows what was done', async () => {
  const docket = openCliHarness();
  const memory = memoryOf(docket);
  const keys: string[] = [];
  for (let task = 0; task < 13; task += 1) keys.push(await docket.create(`Task ${task}`));
  const before = await readDatabase(docket);
  expect(before).toMatchObject({ counts: { ready: 13 }, ready: { length: 10 } });
  memory.keep(before);
  await docket.text('claim', keys[12] ?? '');
  const late = await docket.create('Later', '--priority', '4');
  const kept = memory.read()?.list;
  expect(kept?.counts).toEqual({ inProgress: 1, blocked: 0, ready: 13, waiting: 0 });
  expect(kept?.mine.map(({ key }) => key)).toEqual([keys[12]]);
  expect(kept?.ready.map(({ key }) => key)).toContain(late);
});

test('a task of another list changes nothing, and nothing is kept where nothing was', async () => {
  const docket = openCliHarness();
  const memory = memoryOf(docket);
  const key = await docket.create('Wire the valve');
  expect(memory.read()).toBeUndefined();
  memory.keep({ ...(await readDatabase(docket)), slug: 'api' });
  await docket.text('claim', key);
  expect(memory.read()?.list.mine).toEqual([]);
});

test('a memory that makes no sense fails no command', async () => {
  const docket = openCliHarness();
  const memory = memoryOf(docket);
  const key = await docket.create('Wire the valve');
  memory.keep({ ...(await readDatabase(docket)), ready: [null as never] });
  await docket.text('claim', key);
  rmSync(`${docket.env.XDG_STATE_HOME}`, { recursive: true });
  writeFileSync(`${docket.env.XDG_STATE_HOME}`, '');
  await docket.text('note', key, 'still here');
});
