import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openUnmigrated } from '../../../lib/tracker/database/open.ts';
import { freshDatabase } from '../../engines/database.ts';
import { serverEngines } from '../../engines/engines.ts';
import { startProxy } from '../../engines/server-proxy.ts';
import { openCliHarness } from '../cli-harness.ts';
import { buildCommand, runAsBob, startAtTerminal } from './pseudo-terminal.ts';

let docket = '';

beforeAll(async () => {
  const [path, remove] = await buildCommand();
  docket = path;
  return remove;
});

describe.each(serverEngines)('on $name', (engine) => {
  test('an outage is told below the last picture, which goes on when it is over', async (context) => {
    const database = await freshDatabase(engine, context);
    const { host, port, adminUser: user } = engine.server();
    const target = { kind: 'mysql', host, port, database: database.name, tls: 'off' } as const;
    const store = await openUnmigrated({ ...target, user, password: '' });
    await store.migrate();
    await store.close();
    const proxy = await startProxy(port);
    onTestFinished(() => proxy.close());
    const urlAt = (port: number) => `mysql://127.0.0.1:${port}/${database.name}`;
    const harness = openCliHarness().with({
      env: { DOCKET_DATABASE: urlAt(proxy.port), DOCKET_USER: user },
    });
    await harness.text('trust', urlAt(proxy.port));
    await harness.text('trust', urlAt(port));
    const key = await harness.create('Fix the login');
    const terminal = startAtTerminal(docket, harness, '--watch');
    await terminal.shows(/Ready \(1\)[\s\S]*watching for changes/);
    proxy.after(0, 'end');
    const away = await terminal.shows(/Not up to date since \d\d:\d\d, trying again: /);
    expect(away.filter((line) => line.includes('Fix the login'))).toHaveLength(1);
    await runAsBob(docket, harness.with({ env: { DOCKET_DATABASE: urlAt(port) } }), 'claim', key);
    proxy.mend();
    await terminal.shows(/Others \(1\)\n.*bob#f463[\s\S]*watching for changes/);
    terminal.type('q');
    expect((await terminal.end()).slice(-2)).toEqual(['exit 0', '']);
  });
});
