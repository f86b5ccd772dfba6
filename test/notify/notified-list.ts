import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseTargets } from '../../lib/config/notify-targets.ts';
import type { NotifyTarget as TargetView } from '../../lib/model/notify/answer.ts';
import { type NotifyOptions, notify } from '../../lib/notify/notify.ts';
import type { Telling } from '../../lib/notify/telling.ts';
import type { Docket } from '../../lib/operations/docket.ts';
import { eventsOf } from '../../lib/operations/notify.ts';
import { openDocket } from '../../lib/operations/open-docket.ts';
import { createProcessProbe } from '../../lib/state/process-probe.ts';
import { openStore } from '../../lib/tracker/database/open.ts';

export const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** Tries again at once, and gives up soon. */
export const impatient = { first: 2, longest: 10, longestAsked: 50, refused: 3, failed: 4 };

export interface NotifiedList {
  readonly docket: Docket;
  readonly folder: string;
  /** Creates tasks, an event each. */
  create(...titles: readonly string[]): Promise<readonly string[]>;
  /** Makes a plan of so many steps, with an event for each and one for the whole. */
  plan(steps: number): Promise<void>;
  /** What is told to targets of these addresses, named a, b and so on. */
  telling(targets: readonly object[]): Telling;
  /** Tells them what is due, and ends. */
  once(telling: Telling, options?: Partial<NotifyOptions>): Promise<readonly TargetView[]>;
  /** Tells them until `stop` is called, which gives what came of it. */
  begin(telling: Telling, options?: Partial<NotifyOptions>): Promise<Begun>;
}

export interface Begun {
  readonly lines: readonly string[];
  readonly ended: Promise<readonly TargetView[]>;
  stop(): Promise<readonly TargetView[]>;
}

/** Opens a list of its own in a file of its own. */
export async function openNotifiedList(): Promise<NotifiedList> {
  const base = mkdtempSync(join(tmpdir(), 'docket-notify-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 10 }));
  const connection = { kind: 'sqlite', path: join(base, 'docket.db') } as const;
  const workspace = { id: randomUUID(), slug: 'web' };
  const docket = await openDocket({ connection, workspace, worker: { actor: 'alice@one' } });
  onTestFinished(() => docket.close());
  const store = await openStore(connection);
  onTestFinished(() => store.close());
  const folder = join(base, 'notify');
  mkdirSync(folder);
  const worker = { session: 'notify', agent: 'main', actor: 'alice' };
  const scope = { store, workspaceId: workspace.id, worker, probe: createProcessProbe() };

  function run(telling: Telling, options: Partial<NotifyOptions>) {
    const lines: string[] = [];
    const end = new AbortController();
    const source = eventsOf(scope, ({ message }) => lines.push(message));
    const running = notify(telling, {
      source,
      isOnce: false,
      tell: (line) => lines.push(line),
      signal: end.signal,
      patience: impatient,
      http: { graceMs: 300 },
      ...options,
    });
    return { lines, running, end };
  }

  return {
    docket,
    folder,
    async create(...titles) {
      const keys: string[] = [];
      for (const title of titles) keys.push((await docket.call('create', { title })).task.key);
      return keys;
    },
    async plan(steps) {
      const subtasks = Array.from({ length: steps }, (_, index) => ({ title: `Step ${index}` }));
      await docket.call('plan', { title: 'Whole', subtasks });
    },
    telling: (targets) => ({
      list: workspace,
      folder,
      targets: parseTargets({ targets: named(targets) }, 'test'),
    }),
    once: (telling, options = {}) => run(telling, { isOnce: true, ...options }).running,
    async begin(telling, options = {}) {
      const { lines, running, end } = run(telling, options);
      running.catch(() => {});
      onTestFinished(() => end.abort());
      return {
        lines,
        ended: running,
        stop() {
          end.abort();
          return running;
        },
      };
    },
  };
}

function named(targets: readonly object[]): object {
  const entries = targets.map((target, index) => [
    String.fromCharCode(97 + index),
    { secret, private: true, ...target },
  ]);
  return Object.fromEntries(entries);
}

/** Waits for something to become true, for as long as a test may take. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
