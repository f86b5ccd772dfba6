import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type Deed, drawDues } from './habits.ts';
import type { FleetSession } from './session-deeds.ts';

/** What came of one deed. */
export interface Tally {
  /** The number that was due. */
  due: number;
  /** Milliseconds from when each was due until it was done. */
  readonly took: number[];
  /** The reasons why others failed, with how often. */
  readonly failures: Record<string, number>;
}

/** What the database has said is done. */
export interface Acknowledged {
  readonly claims: { readonly session: string; readonly key: string }[];
  readonly closes: { readonly session: string; readonly key: string }[];
  readonly notes: string[];
  readonly creates: { readonly key: string; readonly title: string }[];
}

export interface FleetReport {
  readonly tallies: Readonly<Record<Deed, Tally>>;
  readonly acknowledged: Acknowledged;
  /** Milliseconds until the last deed was done. */
  readonly milliseconds: number;
}

/** The most deeds that are under way at once; what is due beyond that has failed. */
const mostAtOnce = 2_000;

/** Sessions of one process, which remember their tasks from one stage to the next. */
export class Fleet {
  readonly #sessions: FleetSession[] = [];
  readonly #idle: FleetSession[] = [];
  readonly #holders: { readonly session: FleetSession; readonly key: string }[] = [];
  #next = 0;

  /**
   * Lets more sessions begin; every second one claims a task, a few at a time, as fast as the
   * database lets them.
   */
  async grow(sessions: readonly FleetSession[], atOnce: number): Promise<FleetReport> {
    const report = emptyReport();
    const started = performance.now();
    this.#sessions.push(...sessions);
    this.#idle.push(...sessions.filter((_, index) => index % 2 === 1));
    const waiting = sessions.filter((_, index) => index % 2 === 0);
    const claimer = async (): Promise<void> => {
      for (let session = waiting.pop(); session !== undefined; session = waiting.pop()) {
        await this.#claim(session, report, performance.now());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, claimer));
    return { ...report, milliseconds: performance.now() - started };
  }

  /** Lets the sessions work for some seconds, each at its own pace. */
  async work(sessions: number, seconds: number): Promise<FleetReport> {
    const report = emptyReport();
    const started = performance.now();
    const running = new Set<Promise<void>>();
    for (const { at, deed } of drawDues(sessions, seconds)) {
      const wait = started + at - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      if (running.size >= mostAtOnce) {
        report.tallies[deed].due += 1;
        count(report.tallies[deed], 'too many under way');
        continue;
      }
      const done: Promise<void> = this.#do(deed, report, started + at).finally(() =>
        running.delete(done),
      );
      running.add(done);
    }
    await Promise.all(running);
    return { ...report, milliseconds: performance.now() - started };
  }

  async #do(deed: Deed, report: FleetReport, due: number): Promise<void> {
    const session = this.#sessions[this.#next % this.#sessions.length];
    this.#next += 1;
    if (session === undefined) return;
    const { acknowledged } = report;
    switch (deed) {
      case 'prompt':
        return time(report.tallies.prompt, due, async () => {
          if (!(await session.prompt())) throw new Error('no fresh list');
        });
      case 'heartbeat':
        return time(report.tallies.heartbeat, due, () => session.heartbeat());
      case 'create':
        return time(report.tallies.create, due, async () => {
          const title = `Look at what ${session.id} has found: ${randomUUID()}`;
          acknowledged.creates.push({ key: await session.create(title), title });
        });
      case 'claim': {
        const idle = this.#idle.shift();
        return idle && this.#claim(idle, report, due);
      }
      case 'note': {
        const holder = this.#holders[this.#next % this.#holders.length];
        if (holder === undefined) return;
        return time(report.tallies.note, due, async () => {
          const text = `Half of it is done: ${randomUUID()}`;
          await holder.session.note(holder.key, text);
          acknowledged.notes.push(text);
        });
      }
      case 'close': {
        const holder = this.#holders.shift();
        if (holder === undefined) return;
        return time(report.tallies.close, due, async () => {
          await holder.session.close(holder.key);
          acknowledged.closes.push({ session: holder.session.id, key: holder.key });
          this.#idle.push(holder.session);
        });
      }
    }
  }

  #claim(session: FleetSession, report: FleetReport, due: number): Promise<void> {
    return time(report.tallies.claim, due, async () => {
      try {
        const key = await session.claim();
        report.acknowledged.claims.push({ session: session.id, key });
        this.#holders.push({ session, key });
      } catch (error) {
        this.#idle.push(session);
        throw error;
      }
    });
  }
}

async function time(tally: Tally, due: number, work: () => Promise<void>): Promise<void> {
  tally.due += 1;
  try {
    await work();
    tally.took.push(performance.now() - due);
  } catch (error) {
    count(tally, error instanceof Error && 'code' in error ? String(error.code) : String(error));
  }
}

function count({ failures }: Tally, reason: string): void {
  failures[reason] = (failures[reason] ?? 0) + 1;
}

function emptyReport(): FleetReport {
  const tally = (): Tally => ({ due: 0, took: [], failures: {} });
  return {
    tallies: {
      ...{ prompt: tally(), heartbeat: tally(), claim: tally() },
      ...{ note: tally(), close: tally(), create: tally() },
    },
    acknowledged: { claims: [], closes: [], notes: [], creates: [] },
    milliseconds: 0,
  };
}
