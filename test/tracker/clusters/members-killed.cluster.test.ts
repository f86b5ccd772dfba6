import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ServerConnection } from '../../../lib/model/connection.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { createTestDatabase } from '../../conformance/database/test-database.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import { useRequestedEngine } from '../../engines/requested/use-requested.ts';
import { createHookUser, workspace } from '../../hooks/hook-user.ts';
import { findDoubleClaims, findLost, longestPause, startLoad } from './load.ts';

const used = useRequestedEngine();

/** Milliseconds of each part of the load: long enough for a cluster to agree on who is left. */
const part = Number(process.env.DOCKET_CLUSTER_SECONDS ?? 15) * 1_000;

const file = process.env.DOCKET_CLUSTER_OUT;

function report(figures: Readonly<Record<string, number | string>>): void {
  if (file) appendFileSync(file, `${used.name} ${JSON.stringify(figures)}\n`);
}

test('under load, members that are killed and come back lose nothing and give nothing twice', async () => {
  const { members } = used.servers();
  const { everyday, drop } = await createTestDatabase(used.engine, 'docketkilled');
  if (everyday.kind !== 'mysql') throw new Error('not a server');
  const [first, ...others] = members.map(({ host, port }) => ({ host, port }));
  // MySQL takes a password that it has not seen since it started over TLS alone.
  const admin = await members[0].connect();
  await admin.query('ALTER USER ? IDENTIFIED BY ?', [everyday.user, '']);
  await admin.end();
  const connection: ServerConnection = { ...everyday, ...first, others, password: '' };
  const hosts = members.map(({ host, port }) => `${host}:${port}`).join(',');
  const person = createHookUser({
    database: `mysql://${hosts}/${everyday.database}`,
    env: { DOCKET_USER: everyday.user },
  });
  await person.work(async () => {});

  let isOver = false;
  const prompts: { readonly took: number; readonly isFresh: boolean }[] = [];
  const prompting = (async () => {
    while (!isOver) {
      const begun = Date.now();
      const { context, systemMessage } = await person.prompt();
      const isTold = context !== undefined && !context.includes('database is away');
      const isFresh = isTold && !systemMessage?.includes('cannot be used');
      prompts.push({ took: Date.now() - begun, isFresh });
      await pause(200);
    }
  })();

  const load = startLoad(connection, workspace.id, 6);
  const rate = async (what: string): Promise<void> => {
    const begun = Date.now();
    const before = load.acknowledged.filter(({ verb }) => verb === 'claim').length;
    await pause(part);
    const claims = load.acknowledged.filter(({ verb }) => verb === 'claim').length - before;
    report({ what, claimsPerSecond: Math.round((claims * 10_000) / (Date.now() - begun)) / 10 });
  };
  await rate('before');
  for (const [index, member] of members.entries()) {
    await member.halt('SIGKILL');
    await rate(`member ${index} killed`);
    await member.resume();
    await rate(`member ${index} back`);
  }
  const done = await load.stop();
  isOver = true;
  await prompting;

  const failures = new Set(done.failed.map((message) => message.slice(0, 200)));
  report({
    acknowledged: done.acknowledged.length,
    unsure: done.unsure.length,
    failed: done.failed.length,
    failures: [...failures].join(' | '),
    longestPauseOfAWriter: longestPause(done),
    prompts: prompts.length,
    promptsWithoutFreshList: prompts.filter(({ isFresh }) => !isFresh).length,
    longestPrompt: Math.max(...prompts.map(({ took }) => took)),
  });
  expect(done.acknowledged.length).toBeGreaterThan(0);
  expect(findDoubleClaims(done)).toEqual([]);
  for (const { host, port } of members) {
    const store = await openStore({ ...connection, host, port, others: undefined });
    await expect
      .poll(() => findLost(store.db, workspace.id, done), { timeout: 60_000, interval: 1_000 })
      .toEqual([]);
    expect(await findViolations(store.db, workspace.id)).toEqual([]);
    await store.close();
  }
  // A hook gives up after 1,200 ms of its own; this is for a machine that is busy with all of it.
  for (const { took } of prompts) expect(took).toBeLessThan(15_000);
  await drop();
}, 900_000);
