import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { BackupAnswer, RestoreAnswer } from '../../../../lib/model/answers/backup.ts';
import { createUser, freshDatabase } from '../../../engines/database.ts';
import { mariadb, type ServerEngine, serverEngines } from '../../../engines/engines.ts';
import { openCliHarness } from '../../cli-harness.ts';

/** A list on a server, its administrator, and alice, who has the everyday rights. */
async function openList(engine: ServerEngine, test: TestContext) {
  const database = await freshDatabase(engine, test);
  const { user, password } = await createUser(engine, database, { test, name: 'alice' });
  const reader = { test, name: 'reader', rights: ['SELECT'] };
  await createUser(engine, database, reader);
  const server = engine.server();
  const at = (name: string) => `mysql://127.0.0.1:${server.port}/${name}`;
  const url = at(database.name);
  const next = `${database.name}n`;
  onTestFinished(() => server.dropDatabase(next));
  const folder = mkdtempSync(join(tmpdir(), 'docket-users-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  const person = openCliHarness().with({ env: { DOCKET_DATABASE: url } });
  await person.text('trust', url);
  const root = person.with({ env: { DOCKET_USER: 'root' } });
  await root.text('migrate');
  await root.create('First');
  const alice = person.with({ env: { DOCKET_USER: user, DOCKET_PASSWORD: password } });
  /** What is to be run after a restore of a backup. */
  const nextAfter = async (file: string) => {
    const flags = ['--database', at(next)];
    const restored = await root.json(RestoreAnswer, 'restore', file, ...flags);
    await server.dropDatabase(next);
    return restored.next;
  };
  const bootstrap = `docket server bootstrap 'mysql://root@127.0.0.1:${server.port}/${next}'`;
  return { root, alice, user, folder, bootstrap, nextAfter };
}

describe.each(serverEngines)('on $name', (engine) => {
  test('a dump names those who may write, where whoever makes it is told', async (context) => {
    const { root, alice, user, folder, bootstrap, nextAfter } = await openList(engine, context);
    const made = await root.json(BackupAnswer, 'backup', folder);
    expect(await nextAfter(made.to)).toBe(`${bootstrap} --user ${user}`);
    expect(readFileSync(made.to, 'utf8')).not.toContain('reader-');
    const { to } = await alice.json(BackupAnswer, 'backup', folder);
    expect(await nextAfter(to)).toBe(`${bootstrap} --user NAME`);
  });
});

test('users of several places come back to theirs, and what is no name is left out', async (context) => {
  const { root, folder, bootstrap, nextAfter } = await openList(mariadb, context);
  const { to } = await root.json(BackupAnswer, 'backup', folder);
  const [head = '', ...lines] = readFileSync(to, 'utf8').trimEnd().split('\n');
  const users = [
    { name: 'alice', host: '10.0.0.%' },
    { name: 'docket_migrate', host: '%' },
    { name: 'bob', host: '%' },
    { name: "x'; reboot #", host: '%' },
    { name: 'eve', host: "'; reboot #" },
    { name: 'docket_backup', host: '10.0.0.%' },
  ];
  const whole = [JSON.stringify({ ...JSON.parse(head), users }), ...lines.slice(0, -1)];
  const text = whole.map((line) => `${line}\n`).join('');
  const sha256 = createHash('sha256').update(text).digest('hex');
  writeFileSync(to, `${text}${JSON.stringify({ end: 'backup', lists: 1, sha256 })}\n`);
  expect(await nextAfter(to)).toBe(
    `${bootstrap} --user alice --backups --from '10.0.0.%' && ${bootstrap} --user bob`,
  );
});
