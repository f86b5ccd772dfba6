import type { QueuedAnswer } from '../model/answers/queued.ts';
import type { EventView } from '../model/answers/task.ts';
import type { QueuedVerb } from '../model/queued-verbs.ts';
import type { EventsSince } from '../tracker/reads/events-since.ts';
import type { FollowOptions } from './follow-events.ts';
import type { Watch } from './operation.ts';
import type { AnswerTo, InputOf, OperationName } from './operation-types.ts';

/** How a program calls an operation. */
export interface CallOptions extends Watch {
  /**
   * A UUID of version 7 that the caller makes and keeps. What the operation writes gets ids that follow
   * from it, and its events carry it. What could be queued is done once for it: repeated it is refused.
   */
  readonly requestId?: string;
}

/** An open list for a program. Its callers may work at the same time. */
export interface Docket {
  /** Checks an input and runs an operation with it. @throws DocketError `usage`: no such name ... */
  call<Name extends OperationName, Input extends InputOf<Name>>(
    name: Name,
    input: Input,
    options?: CallOptions,
  ): Promise<AnswerTo<Name, Input>>;
  /** Reads the events after the one with the number `seq`, oldest first; 100 events at most. */
  eventsSince(seq: number, options?: { readonly limit?: number }): Promise<EventsSince>;
  /**
   * Gives the events one by one as they happen, whoever makes them, until the docket is closed or
   * the signal is aborted. It looks once a second and waits an outage of the database out.
   *
   * ```ts
   * for await (const event of docket.events({ since: 0 })) console.log(event.verb, event.title);
   * ```
   */
  events(options?: FollowOptions): AsyncIterableIterator<EventView>;
  /** Ends all iterations over events and closes the database, once what was called is done. */
  close(): Promise<void>;
}

/** An open list whose changes are queued while its database is away. */
export interface QueueingDocket extends Omit<Docket, 'call'> {
  /**
   * As `call` of a `Docket`; where `queued` is in the answer, the change waits on this machine's disk
   * and its database does it once, whichever of the person's commands or programs reaches it first.
   *
   * @throws DocketError `unreachable`: it is neither done nor queued, with the reason; ...
   */
  call<Name extends OperationName, Input extends InputOf<Name>>(
    name: Name,
    input: Input,
    options?: CallOptions,
  ): Promise<AnswerTo<Name, Input> | (Name extends QueuedVerb ? QueuedAnswer : never)>;
}
