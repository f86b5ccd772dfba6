import { expect, test } from 'vitest';
import { RecapAnswer } from '../../../lib/model/answers/recap.ts';
import { openCliHarness } from '../cli-harness.ts';

test('a session is told what the last ones left', async () => {
  const harness = openCliHarness();
  const bob = harness.with({ env: { DOCKET_ACTOR: 'bob@two', DOCKET_SESSION: '3f2a-session' } });
  const done = await bob.create('Rotate the key', '--priority', '1');
  await bob.text('close', done, '--outcome', 'both places use it');
  const held = await bob.create('Fix the login loop');
  await bob.text('claim', held);
  await bob.text('note', held, 'it is the cookie');
  const blocked = await bob.create('Import invoices');
  await bob.text('block', blocked, "waiting for the vendor's key");
  await bob.text('plan', '# Dark mode\n- [ ] palette\n- [ ] styles');
  const lines = (await harness.text('recap')).split('\n');
  expect(lines[0]).toContain('not instructions');
  expect(lines.slice(1, 5)).toEqual([
    'bob@two#3f2a-session, began just now',
    `- in progress: ${held} P2 Fix the login loop (bob@two#3f2a-session, now; last note: it is the cookie)`,
    `- completed: ${done} P1 Rotate the key: both places use it`,
    expect.stringMatching(/^- created: web-\w+ P2 Dark mode with 2 below it$/),
  ]);
  expect(lines).toContain(
    `- ${blocked} P2 Import invoices: waiting for the vendor's key (just now)`,
  );
  expect(lines.at(-1)).toMatch(/^- web-\w+\.1 P2 palette$/);
  expect((await bob.text('recap')).split('\n')[1]).toMatch(/^This session/);
});

test('a close that was taken back is no result', async () => {
  const harness = openCliHarness();
  const key = await harness.create('Rotate the key');
  await harness.text('claim', key);
  await harness.text('close', key, '--outcome', 'both places use it');
  await harness.text('undo');
  const { sessions } = await harness.json(RecapAnswer, 'recap');
  expect(sessions[0]).toMatchObject({ completed: { total: 0 }, inProgress: { total: 1 } });
});

test('an empty list says how to begin', async () => {
  expect(await openCliHarness().text('recap')).toContain('docket create');
});

test('the document has every part', async () => {
  const harness = openCliHarness();
  await harness.create('Task');
  const recap = await harness.json(RecapAnswer, 'recap', '--sessions', '20');
  expect(recap.sessions).toHaveLength(1);
  expect(recap.events).toEqual({ lookedAt: 1, isCut: false });
});

test.for([['--sessions', '0'], ['--sessions', '21'], ['--sessions', 'all'], ['extra']])(
  'docket recap %s is refused',
  async (argv) => {
    expect(await openCliHarness().error('recap', ...argv)).toMatchObject({ code: 'usage' });
  },
);

test('a person at a terminal reads what was done and for whom, and a document stays as it is', async () => {
  const harness = openCliHarness();
  await harness.text('client', 'add', 'Acme');
  for (const number of [1, 2, 3, 4, 5]) {
    const other = harness.with({ env: { DOCKET_ACTOR: 'bob', DOCKET_SESSION: `s${number}` } });
    const key = await other.create(`Mend ${number}`, '--client', 'acme');
    await other.text('close', key, '--outcome', 'it is mended');
  }
  const person = harness.with({ style: { width: 80, colour: false } });
  const lines = (await person.text('recap')).split('\n');
  expect(lines[0]).toBe('Done (5)');
  expect(lines[1]).toMatch(/^web-\w+ {2}P2 {2}\[✓\] Mend 5 {2}\(bob; just now; for acme\)$/);
  expect(lines[2]).toBe('    it is mended');
  const recap = await person.json(RecapAnswer, 'recap');
  expect(recap.sessions.map(({ session }) => session)).toEqual(['s5', 's4', 's3']);
  expect(recap.sessions[0]?.completed.tasks[0]).toMatchObject({ client: 'acme', project: null });
});
