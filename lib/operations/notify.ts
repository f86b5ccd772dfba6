import { DocketError } from '../model/errors.ts';
import type { EventSource } from '../notify/event-source.ts';
import { serialStore } from '../tracker/database/serial-store.ts';
import { type EventsWithTasks, eventsWithTasks } from '../tracker/reads/events-with-tasks.ts';
import type { Scope } from '../tracker/scope.ts';
import { followEvents } from './follow-events.ts';
import type { Verb } from './operation.ts';

/** For people: where the records of clients are sent is not for a session to say. */
export const notify = {
  name: 'notify',
  access: 'person',
  summary: "Send the list's events to webhooks and Slack, until it is stopped",
  answer: () => import('../model/notify/answer.ts').then(({ NotifyAnswer }) => NotifyAnswer),
} as const satisfies Verb;

/** What was read last. */
interface SharedPage {
  readonly key: string;
  /** Milliseconds, by the clock of performance.now. */
  readonly at: number;
  readonly page: Promise<EventsWithTasks>;
}

/** Events of one flight. */
const pageSize = 100;

/** How long what was read of a quiet list is given to others that follow it, in milliseconds. */
const sharedFor = 500;

/**
 * Follows the events of an open list. An outage of the database is waited out, and told once to all
 * who follow.
 */
export function eventsOf(
  { store, ...scope }: Scope,
  onOutage: (error: DocketError) => void,
): EventSource {
  const list = { ...scope, store: serialStore(store) };
  let last: SharedPage | undefined;
  let isAway = false;

  /** Those that are at the same event read once. */
  function readShared(seq: number, limit: number): Promise<EventsWithTasks> {
    const key = `${seq} ${limit}`;
    const at = performance.now();
    if (last?.key === key && at - last.at < sharedFor) return last.page;
    const page = eventsWithTasks(list, seq, { limit });
    last = { key, at, page };
    return page;
  }

  async function read(seq: number, limit: number): Promise<EventsWithTasks> {
    const page = await readShared(seq, limit);
    // A copy of the database that lags behind catches up; one that was restored never does.
    if (page.seq < seq) throw behind(page.seq, seq);
    isAway = false;
    return page;
  }

  async function* upToNow(since: number) {
    for (let seq = since; ; ) {
      const { events } = await read(seq, pageSize);
      if (events.length === 0) return;
      yield* events;
      seq = events.at(-1)?.seq ?? seq;
    }
  }

  return {
    upToNow,
    newest: async () => (await eventsWithTasks(list, 0, { limit: 1 })).seq,
    follow: (since, signal) =>
      followEvents(read, {
        since,
        signal,
        onOutage(error) {
          if (!isAway) onOutage(error);
          isAway = true;
        },
      }),
  };
}

function behind(newest: number, known: number): DocketError {
  return new DocketError(
    'contention',
    `the list ends with event ${newest}, and event ${known} was told already`,
    { hint: 'If the database was restored from a backup, start docket notify again' },
  );
}
