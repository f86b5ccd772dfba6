import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { readDeadline } from '../../../lib/briefing/read-list.ts';
import type { Host, ServerConnection } from '../../../lib/model/connection.ts';
import { openStore } from '../../../lib/tracker/database/open.ts';
import { createTestDatabase } from '../../conformance/database/test-database.ts';
import { findViolations } from '../../conformance/invariants/check-invariants.ts';
import type { UsedEngine } from '../../engines/requested/use-requested.ts';
import { createHookUser, workspace } from '../../hooks/hook-user.ts';
import { makeOwnClock } from '../../hooks/own-clock.ts';
import { findDoubleClaims, findLost, findMadeTwice, longestPause, startLoad } from './load.ts';

/** Milliseconds of each part of the load: long enough for a cluster to agree on who is left. */
const part = Number(process.env.DOCKET_CLUSTER_SECONDS ?? 15) * 1_000;

const file = process.env.DOCKET_CLUSTER_OUT;

/** A cluster whose list sessions work on, and whose prompts a hook answers. */
export interface ClusterUnderLoad {
  /** Lets the work go on for a part of the time, and reports the rate of claims. */
  goOn(what: string): Promise<void>;
  /** Ends the load, reports what came of it, and expects that nothing was lost or done twice. */
  finish(): Promise<void>;
}

/**
 * Lets six sessions and a person's prompts work on a list of a cluster.
 *
 * @param hosts how clients reach the members, in the order of the URL
 */
export async function workOnCluster(
  used: UsedEngine,
  name: string,
  hosts: readonly Host[],
): Promise<ClusterUnderLoad> {
  const { members } = used.servers();
  const { everyday, drop } = await createTestDatabase(used.engine, name);
  if (everyday.kind !== 'mysql') throw new Error('not a server');
  // MySQL takes a password that it has not seen since it started over TLS alone.
  const admin = await members[0].connect();
  await admin.query('ALTER USER ? IDENTIFIED BY ?', [everyday.user, '']);
  await admin.end();
  const [first, ...others] = hosts;
  const connection: ServerConnection = { ...everyday, ...first, others, password: '' };
  const { database } = everyday;
  const person = createHookUser({
    database: `mysql://${hosts.map(({ host, port }) => `${host}:${port}`).join(',')}/${database}`,
    env: { DOCKET_USER: everyday.user },
  });
  await person.work(async () => {});
  const clock = makeOwnClock(person.home);

  let isOver = false;
  const prompts: { readonly took: number; readonly context: string }[] = [];
  const prompting = (async () => {
    while (!isOver) {
      const begun = Date.now();
      const { context = '' } = await person.prompt('session-a', clock.env);
      prompts.push({ took: Date.now() - begun, context });
      await pause(200);
    }
  })();
  const load = startLoad(connection, workspace.id, 6);
  const claims = () => load.acknowledged.filter(({ verb }) => verb === 'claim').length;

  function report(figures: Readonly<Record<string, number | string>>): void {
    if (file) appendFileSync(file, `${used.name} ${JSON.stringify(figures)}\n`);
  }

  return {
    goOn: async (what) => {
      const begun = Date.now();
      const before = claims();
      await pause(part);
      const rate = ((claims() - before) * 10_000) / (Date.now() - begun);
      report({ what, claimsPerSecond: Math.round(rate) / 10 });
    },
    finish: async () => {
      const done = await load.stop();
      isOver = true;
      await prompting;
      const times = clock.read();
      const longest = (of: 'ticks' | 'uptime' | 'processor') =>
        Math.max(...times.map((time) => time[of]));
      const failures = new Set(done.failed.map((message) => message.slice(0, 200)));
      report({
        acknowledged: done.acknowledged.length,
        unsure: done.unsure.length,
        failed: done.failed.length,
        failures: [...failures].join(' | '),
        longestPauseOfAWriter: longestPause(done),
        prompts: prompts.length,
        promptsWithoutFreshList: prompts.filter(({ context }) => isLastList.test(context)).length,
        longestPrompt: Math.max(...prompts.map(({ took }) => took)),
        longestTicksOfAHook: longest('ticks'),
        hooksOverTheirDeadline: times.filter(({ ticks }) => ticks > readDeadline.total).length,
        longestUptimeOfAHook: longest('uptime'),
        longestProcessorTimeOfAHook: longest('processor'),
      });
      expect(done.acknowledged.length).toBeGreaterThan(0);
      expect(findDoubleClaims(done)).toEqual([]);
      for (const { host, port } of members) {
        const store = await openStore({ ...connection, host, port, others: undefined });
        await expect
          .poll(() => findLost(store.db, workspace.id, done), { timeout: 60_000, interval: 1_000 })
          .toEqual([]);
        expect(await findMadeTwice(store.db, workspace.id)).toEqual([]);
        expect(await findViolations(store.db, workspace.id)).toEqual([]);
        await store.close();
      }
      for (const { context } of prompts) expect(context).toMatch(isList);
      expect(times).toHaveLength(prompts.length);
      for (const { ticks } of times) expect(ticks).toBeLessThanOrEqual(mostTicks);
      await drop();
    },
  };
}

/** The list, or that nobody else has changed it. */
const isList = /<docket workspace="web"|^docket: no changes/;
const isLastList = /This is the list of/;

/**
 * The deadline of a prompt's hook by its own clock, in ticks of 10 ms: 120, of which a busy machine
 * excuses some in its first 2 s, and 2.5 s at most, before Claude Code ends it after 3 s.
 */
const mostTicks = 250 + 10;
