import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { planConnection, resolveContext } from '../../../lib/config/resolve.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { createTestDatabase } from '../../conformance/database/test-database.ts';
import { type Authority, makeAuthority } from '../../engines/certified-server.ts';
import { serverEngineAt } from '../../engines/engines.ts';
import { startMariadb } from '../../engines/mariadb.ts';
import type { RunningServer } from '../../engines/running-server.ts';
import { startProxy } from '../../engines/server-proxy.ts';
import { createHookUser } from '../../hooks/hook-user.ts';

let authority: Authority;
/** Its certificate is valid for the name localhost alone. */
let server: RunningServer;

beforeAll(async () => {
  authority = await makeAuthority();
  server = await authority.startServer(startMariadb, 'member', 'DNS:localhost');
});

afterAll(async () => {
  await server?.stop();
  await authority?.remove();
});

/** Somebody whose credentials.json names this authority for a cluster of two members. */
async function createPerson(hosts: readonly [string, string], ca: string) {
  const { everyday, drop } = await createTestDatabase(
    serverEngineAt('mariadb', () => server),
    'docketovertls',
  );
  onTestFinished(drop);
  if (everyday.kind !== 'mysql') throw new Error('not a server');
  const members = [await startProxy(server.port), await startProxy(server.port)];
  for (const member of members) onTestFinished(() => member.close());
  const named = hosts.map((host, index) => `${host}:${members[index]?.port}`);
  const url = `mysql://${named.join(',')}/${everyday.database}`;
  const person = createHookUser({ database: url });
  const folder = join(person.home, '.config/docket');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.crt'), readFileSync(ca));
  const { user, password } = everyday;
  const entry = JSON.stringify({ [url]: { user, password, ca: 'ca.crt' } });
  writeFileSync(join(folder, 'credentials.json'), entry, { mode: 0o600 });
  return { person, members, named };
}

const ours = (): string => join(authority.folder, 'ca.pem');

test('a list of hosts is used over TLS by an authority of the person, whichever answers', async () => {
  const { person, members, named } = await createPerson(['localhost', 'localhost'], ours());
  await person.work(async ({ store }) => {
    const [row] = await store.db.query("SHOW STATUS LIKE 'Ssl_version'");
    expect(row?.Value).toMatch(/^TLS/);
  });
  const [file = ''] = person.state().filter((path) => path.startsWith('members/'));
  const last = () => readFileSync(join(person.home, '.local/state/docket', file), 'utf8');
  expect(last()).toBe(named[0]);
  members[0]?.close();
  const { context, systemMessage } = await person.prompt();
  expect(context).toContain('<docket workspace="web"');
  expect(systemMessage).toBeUndefined();
  expect(last()).toBe(named[1]);
});

test.each([
  ['a member of another name', ['127.0.0.1', 'localhost'], ours, /does not match/],
  ['another authority', ['localhost', 'localhost'], () => authority.makeOther(), /certificate/],
] as const)('%s is told, and no other member is asked', async (_, hosts, ca, reason) => {
  const { person, members, named } = await createPerson(hosts, await ca());
  const said = `the database at ${named[0]} cannot be trusted over TLS: `;
  const asked = members[1]?.countFlights(async () => {
    const { context, systemMessage } = await person.prompt();
    expect(context).toBeUndefined();
    expect(systemMessage).toContain(said);
    expect(systemMessage).toMatch(reason);
    const open = openStore(planConnection(resolveContext(person.project, person.env), person.env));
    await expect(open).rejects.toThrow(said);
    await expect(open).rejects.toThrow(reason);
  });
  expect((await asked)?.flights).toBe(0);
});
