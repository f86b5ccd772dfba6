import { appendFileSync } from 'node:fs';
import { describe, expect, onTestFinished, type TestContext, test } from 'vitest';
import { openUnmigrated } from '../../lib/tracker/database/open.ts';
import { type CliHarness, openCliHarness } from '../cli/cli-harness.ts';
import { createUser, freshDatabase } from '../engines/database.ts';
import { type ServerEngine, serverEngines } from '../engines/engines.ts';
import { type ServerProxy, startProxy } from '../engines/server-proxy.ts';
import { flightLimits } from './flight-limits.ts';
import { ageSignOfLife, docketOf, runVerb } from './run-verbs.ts';
import { type Verb, verbs } from './verbs.ts';

/** Someone with a password on a server behind a proxy, without TLS. */
async function openRemote(
  engine: ServerEngine,
  context: TestContext,
): Promise<{ harness: CliHarness; proxy: ServerProxy }> {
  const database = await freshDatabase(engine, context);
  const { host, port, adminUser: user } = engine.server();
  const target = { kind: 'mysql', host, port, database: database.name, tls: 'off' } as const;
  const store = await openUnmigrated({ ...target, user, password: '' });
  await store.migrate();
  await store.close();
  const alice = await createUser(engine, database, { test: context, name: 'alice' });
  const proxy = await startProxy(port);
  onTestFinished(() => proxy.close());
  const url = `mysql://127.0.0.1:${proxy.port}/${database.name}`;
  const harness = openCliHarness().with({
    env: { DOCKET_DATABASE: url, DOCKET_USER: alice.user, DOCKET_PASSWORD: alice.password },
  });
  await harness.text('trust', url);
  return { harness, proxy };
}

/** For people who compare: a line a verb, into the file that DOCKET_FLIGHTS_OUT names. */
function tell(engine: ServerEngine, name: string, flights: number): void {
  const file = process.env.DOCKET_FLIGHTS_OUT;
  if (file) appendFileSync(file, `${engine.name}\t${name}\t${flights}\n`);
}

function limitOf(name: string, engine: ServerEngine): number {
  const { mariadb = 0, dolt = 0 } = flightLimits[name] ?? {};
  return { mariadb, mysql: mariadb + 1, dolt }[engine.name];
}

describe.each(serverEngines)('on $name', (engine) => {
  test('each verb keeps its budget of flights', async (context) => {
    const { harness, proxy } = await openRemote(engine, context);
    const docket = docketOf(harness);
    const measured: Record<string, number> = {};
    const measure = async (name: string, { prepare }: Verb, secondsSinceLife: number) => {
      const argv = await prepare(docket);
      ageSignOfLife(harness, secondsSinceLife);
      // Packets that a client sends without waiting must all have come before it gets an answer.
      proxy.delay({ toClient: 3 });
      const { flights } = await proxy.countFlights(() => runVerb(harness, argv));
      proxy.mend();
      measured[name] = flights;
      tell(engine, name, flights);
    };
    // Joins the list, and gives the first sign of life.
    await harness.text('list');
    for (const verb of verbs) {
      await measure(verb.name, verb, 0);
      if (['list', 'claim', 'close'].includes(verb.name)) {
        await measure(`${verb.name}, with a sign of life`, verb, 120);
      }
    }
    expect(Object.keys(measured)).toEqual(Object.keys(flightLimits));
    for (const [name, flights] of Object.entries(measured)) {
      expect.soft(flights, name).toBeLessThanOrEqual(limitOf(name, engine));
    }
  });
});
