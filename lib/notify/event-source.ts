import type { ListEvent } from '../model/notify/webhook.ts';

/** The events of a list, for several who follow them at their own pace. */
export interface EventSource {
  /** Reads the number of the newest event. @throws DocketError */
  newest(): Promise<number>;
  /** Gives the events after a number that there are. @throws DocketError */
  upToNow(since: number): AsyncIterable<ListEvent>;
  /**
   * Gives the events after a number, those to come too, until the signal is aborted. An outage of the
   * database is waited out.
   *
   * @throws DocketError
   */
  follow(since: number, signal: AbortSignal): AsyncIterable<ListEvent>;
}
