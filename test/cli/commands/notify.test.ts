import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NotifyAnswer } from '../../../lib/model/notify/answer.ts';
import { holdFile } from '../../../lib/tracker/database/hold-file.ts';
import { freePort } from '../../engines/free-port.ts';
import { secret, until } from '../../notify/notified-list.ts';
import { startReceiver } from '../../notify/receiver.ts';
import { type CliHarness, openCliHarness } from '../cli-harness.ts';

function personWith(targets: object): CliHarness {
  const harness = openCliHarness();
  const folder = join(harness.home, 'config/docket');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'notify.json'), JSON.stringify({ targets }), { mode: 0o600 });
  return harness;
}

/** The folder of what is remembered of the only list. */
function memoryOf({ home }: CliHarness): string {
  const folder = join(home, 'data/docket/notify');
  return join(folder, readdirSync(folder)[0] ?? '');
}

test('the targets are shown without what is secret of them', async () => {
  const harness = personWith({
    ops: { url: 'https://hooks.example.com/hidden?token=hidden', secret, verbs: ['completed'] },
    chat: { url: 'https://hooks.slack.com/services/T0/hidden', format: 'slack' },
  });
  await harness.create('One');
  const text = await harness.text('notify', '--check');
  expect(text.split('\n')).toEqual([
    'ops   https://hooks.example.com  json, signed  has not begun',
    '  only verbs completed',
    'chat  https://hooks.slack.com    slack         has not begun',
  ]);
  const { targets } = await harness.json(NotifyAnswer, 'notify', '--check');
  expect(targets).toMatchObject([
    { name: 'ops', origin: 'https://hooks.example.com', signed: true, cursor: null },
    { name: 'chat', format: 'slack', signed: false, only: { verbs: null } },
  ]);
  const { stdout } = await harness.run('notify', '--check', '--json');
  expect(stdout + text).not.toMatch(/hidden|whsec_/);
});

test('--once sends what is due, and says by its exit code whether all were told', async () => {
  const receiver = await startReceiver();
  const url = `http://127.0.0.1:${await freePort()}/hidden`;
  const harness = personWith({
    ops: { url: receiver.url, secret, private: true },
    away: { url, secret, private: true },
  });
  await harness.create('One');
  expect(await harness.run('notify', '--once')).toMatchObject({ exitCode: 0 });
  await harness.create('Two <!channel>');
  const { stdout, stderr, exitCode } = await harness.run('notify', '--once');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('sent 1, told up to event 2');
  expect(stdout).toMatch(
    /away .* waiting after event 1: connect ECONNREFUSED 127\.0\.0\.1:\d+, again at /,
  );
  expect(stdout + stderr).not.toMatch(/hidden|not-for-people|whsec_/);
  const [{ headers = {}, body = '' } = {}] = receiver.received;
  expect(headers['webhook-signature']).toMatch(/^v1,/);
  expect(JSON.parse(body).data).toMatchObject({
    list: { slug: 'web' },
    event: { seq: 2, verb: 'created', actor: 'alice@one' },
    task: { title: 'Two <!channel>', type: 'implementation', status: 'pending' },
    truncated: false,
  });
});

test('events that were given up are shown, and sent again', async () => {
  let status = 400;
  const receiver = await startReceiver((response) => response.writeHead(status).end());
  const harness = personWith({ ops: { url: receiver.url, secret, private: true } });
  await harness.create('Refused');
  await harness.run('notify', '--once', '--from', '0');
  const path = join(memoryOf(harness), 'ops.json');
  // The next refusal is the last one.
  const { failing } = JSON.parse(readFileSync(path, 'utf8'));
  const due = { ...failing, counted: 7, nextAt: new Date(0).toISOString() };
  writeFileSync(path, JSON.stringify({ cursor: 0, failing: due }));
  const { stdout } = await harness.run('notify', '--once');
  expect(stdout.trimEnd().split('\n').slice(1)).toEqual([
    '1 event was given up',
    '  try: docket notify --dead',
  ]);
  const shown = await harness.text('notify', '--dead');
  expect(shown).toMatch(
    /^ops {2}event 1 {2}just now {2}created web-\w+ Refused {2}it answers 400\n/,
  );
  expect(shown).toContain('  try: docket notify --dead --retry');
  const { dead } = await harness.json(NotifyAnswer, 'notify', '--dead');
  expect(dead).toMatchObject([{ target: 'ops', seq: 1, title: 'Refused' }]);
  status = 403;
  expect(await harness.run('notify', '--dead', '--retry')).toMatchObject({ exitCode: 1 });
  expect(await harness.text('notify', '--dead')).toContain('it answers 403');
  status = 200;
  const { targets } = await harness.json(NotifyAnswer, 'notify', '--dead', '--retry');
  expect(targets).toMatchObject([{ sent: 1, dead: 0, cursor: 1 }]);
  expect(await harness.text('notify', '--dead')).toBe('No event was given up.');
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test('it runs until it is stopped, and then says how far it is', async () => {
  const receiver = await startReceiver();
  const harness = personWith({ ops: { url: receiver.url, secret, private: true } });
  await harness.create('One');
  const end = new AbortController();
  const lines: string[] = [];
  const running = harness
    .with({ interruption: () => end.signal, progress: (line) => lines.push(line) })
    .run('notify');
  await until(() => lines.length === 2);
  await harness.create('Two');
  await until(() => receiver.received.length === 1);
  end.abort();
  expect(await running).toMatchObject({ exitCode: 0, stderr: '' });
  expect(lines).toEqual([
    'sending the events of web to ops; Ctrl-C ends it',
    'ops: begins now, after event 1; docket notify --from 0 sends those before as well',
  ]);
});

test('what is remembered is the person’s alone, and one process at a time has it', async () => {
  const harness = personWith({ ops: { url: 'https://hooks.example.com/', secret } });
  await harness.create('One');
  await harness.run('notify', '--once');
  const folder = memoryOf(harness);
  expect(statSync(folder).mode & 0o077).toBe(0);
  const modes = readdirSync(folder).map((name) => [
    name,
    statSync(join(folder, name)).mode & 0o077,
  ]);
  expect(modes.filter(([, mode]) => mode !== 0)).toEqual([]);
  const release = await holdFile(join(folder, 'lock'));
  for (const flags of [[], ['--once'], ['--dead', '--retry']]) {
    const { code, message } = await harness.error('notify', ...flags);
    expect([code, message]).toEqual(['conflict', 'a docket notify of yours runs already for web']);
  }
  expect(await harness.text('notify', '--check')).toContain('told up to event 1');
  release?.();
  expect(await harness.run('notify', '--once')).toMatchObject({ exitCode: 0 });
});

test('a session sends nothing out: a project can set its variables', async () => {
  const targets = { evil: { url: 'https://hooks.example.com/', secret } };
  const harness = openCliHarness();
  await harness.create('One');
  const env = { CLAUDECODE: '1', DOCKET_NOTIFY_TARGETS: JSON.stringify({ targets }) };
  for (const flags of [['--once'], ['--check'], []]) {
    const { code } = await harness.with({ env }).error('notify', ...flags);
    expect(code).toBe('not_trusted');
  }
});

test('what is missing or does not go together is said', async () => {
  const harness = openCliHarness();
  await harness.create('One');
  expect(await harness.error('notify', '--check')).toMatchObject({
    code: 'invalid_config',
    message: expect.stringContaining('notify.json is missing'),
    hint: expect.stringContaining('"targets"'),
  });
  const other = { url: 'https://hooks.example.com/', secret, lists: ['shop'] };
  const person = personWith({ other });
  await person.create('One');
  expect((await person.error('notify', '--once')).message).toBe(
    'none of your targets is for the list web',
  );
  for (const flags of [['--once', '--check'], ['--retry'], ['--dead', '--from', '1']]) {
    expect(await person.error('notify', ...flags)).toMatchObject({ code: 'usage', exitCode: 2 });
  }
  expect(await person.error('notify', '--retry')).toMatchObject({
    message: '--retry sends the events again that were given up, with --dead',
    hint: expect.stringContaining('docket notify --dead --retry'),
  });
  chmodSync(join(person.home, 'config/docket/notify.json'), 0o640);
  expect((await person.error('notify', '--check')).hint).toMatch(/^chmod 600 /);
});
