import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stateFolder } from '../../../lib/config/paths.ts';
import { WhoAnswer } from '../../../lib/model/answers/who.ts';
import { noteEdit } from '../../state/note-edit.ts';
import { openCliHarness } from '../cli-harness.ts';

test('a command without a session is told of for what it holds, and no longer', async () => {
  const unnamed = openCliHarness().with({ env: { DOCKET_SESSION: 'terminal:alice@one#k3f9x2ab' } });
  const key = await unnamed.create('Fix the login loop');
  await unnamed.text('claim', key);
  expect((await unnamed.json(WhoAnswer, 'who')).sessions).toMatchObject([{ holds: [{ key }] }]);
  await unnamed.text('close', key);
  expect(await unnamed.text('who')).toContain('Nobody works here now.');
});

test('who works is told with what they hold and have edited, and a command keeps its own edits', async () => {
  const harness = openCliHarness();
  const bob = harness.with({
    env: { DOCKET_ACTOR: 'bob', CLAUDE_CODE_SESSION_ID: '3f2a-session' },
  });
  const edit = (name: string) =>
    noteEdit(stateFolder(bob.env), '3f2a-session', { path: join(harness.project, name) });
  expect(await harness.text('who')).toContain('Nobody works here now.');
  const key = await bob.create('Fix the login loop', '--priority', '1');
  await bob.text('claim', key);
  mkdirSync(join(harness.project, 'src'), { recursive: true });
  edit('src/auth.ts');
  await bob.text('note', key, 'it is the cookie');
  expect(await bob.text('who')).toMatch(
    /^Live sessions \(2\)\nyou, bob#3f2a-session, on \S+ in .+ {2}\(began just now, seen just now\)\n {2}web-\w+ {2}P1 {2}\[→\] Fix the login loop {2}\(now\)\n {2}files: src\/auth.ts just now\nalice@one#session-a, .+\n {2}holds nothing$/,
  );
  const { sessions } = await bob.json(WhoAnswer, 'who');
  expect(sessions).toMatchObject([
    { holds: [{ key, agent: 'main' }], files: [{ path: 'src/auth.ts', task: { key } }] },
    { actor: 'alice@one', holds: [], files: [] },
  ]);
  edit('src/late.ts');
  await bob.text('close', key, '--outcome', 'it was the cookie');
  expect(await harness.text('show', key)).toMatch(/src\/auth\.ts[\s\S]*src\/late\.ts/);
  expect(await bob.text('who')).toContain('holds nothing');
});
