import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BootstrapAnswer } from '../../lib/model/answers/set-up.ts';
import { openCliHarness } from '../cli/cli-harness.ts';
import { type DeployedDolt, prepareDolt } from './dolt-server.ts';
import { person, rootPassword, urlOf } from './person.ts';
import { runTool } from './tools.ts';

const newPassword = 'another-Password_2026';

async function bootstrap(dolt: DeployedDolt, password: string, ...flags: readonly string[]) {
  const admin = person(dolt, 'root', password);
  return admin.json(BootstrapAnswer, 'server', 'bootstrap', urlOf(dolt), ...flags);
}

test('a new server is set up over TLS, and a crash and a new password lose nothing', async () => {
  const dolt = prepareDolt();
  await dolt.start();
  const password = rootPassword(dolt);
  const made = await bootstrap(dolt, password, '--user', 'alice');
  // The server has made the database itself.
  expect(made).toMatchObject({ madeDatabase: false, schema: { from: 0 } });
  const alice = person(dolt, 'alice', made.users[1]?.password ?? '');
  await alice.text('trust', urlOf(dolt));
  const key = await alice.create('Survives');
  await alice.text('claim', key);

  await dolt.halt('SIGKILL');
  expect(await alice.error('list')).toMatchObject({ code: 'unreachable', exitCode: 69 });
  writeFileSync(join(dolt.secrets, 'root-password'), newPassword);
  await dolt.resume();
  expect((await alice.show(key)).task).toMatchObject({ title: 'Survives', status: 'in_progress' });
  await alice.text('close', key, '--outcome', 'it did');

  const old = await person(dolt, 'root', password).error('server', 'bootstrap', urlOf(dolt));
  expect(old.message).toContain('refuses this user');
  const again = await bootstrap(dolt, newPassword, '--user', 'alice', '--user', 'bob');
  expect(again.users.map(({ change }) => change)).toEqual(['kept', 'kept', 'made']);
  expect(again.schema.applied).toEqual([]);
});

test('who comes without TLS is told that it takes TLS', async () => {
  const dolt = prepareDolt();
  await dolt.start();
  const env = { DOCKET_USER: 'root', DOCKET_PASSWORD: rootPassword(dolt) };
  const plain = openCliHarness().with({ env });
  expect(await plain.error('server', 'bootstrap', urlOf(dolt))).toMatchObject({
    ...{ code: 'unreachable', exitCode: 69 },
    message: expect.stringContaining('takes connections over TLS alone'),
  });
});

test('a volume with open users gets a password for its administrator, and says who has none', async () => {
  const dolt = prepareDolt();
  const options = { cwd: join(dolt.folder, 'data'), env: dolt.env };
  const before = `CREATE DATABASE docket; CREATE TABLE docket.kept (n INT PRIMARY KEY);
    INSERT INTO docket.kept VALUES (1); CREATE USER 'root'@'%'; CREATE USER 'beads'@'%';
    GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION; GRANT ALL ON docket.* TO 'beads'@'%';`;
  runTool('dolt', ['sql'], { ...options, input: before });
  await dolt.start();
  const open = await person(dolt, 'root', '').error('server', 'bootstrap', urlOf(dolt));
  expect(open.message).toContain('refuses this user');
  const made = await bootstrap(dolt, rootPassword(dolt), '--user', 'alice');
  expect(made.users[1]).toMatchObject({ change: 'made' });
  await dolt.halt('SIGTERM');
  const kept = runTool('dolt', ['sql', '-r', 'csv', '-q', 'SELECT n FROM docket.kept'], options);
  expect(kept).toContain('1');
  // Without a configuration it ends after what it does before the server.
  writeFileSync(join(dolt.folder, 'config.yaml'), 'nothing: of: the: kind');
  const start = ['-c', 'sh "$0" 2>&1 || :', join(dolt.folder, 'start')];
  const told = runTool('sh', start, { env: dolt.env });
  expect(told).toContain('a user without a password: beads@%');
});

test.each([
  ['', '16 characters or more'],
  ['short', '16 characters or more'],
  ["it's-a-password-of-mine", 'letters, digits, - and _ alone'],
])('a server with the password %j does not start', async (password, why) => {
  const dolt = prepareDolt();
  writeFileSync(join(dolt.secrets, 'root-password'), password);
  await expect(dolt.start()).rejects.toThrow(why);
});
