import type { NotifyTarget } from '../config/notify-targets.ts';
import type { ListEvent } from '../model/notify/webhook.ts';
import type { EventSource } from './event-source.ts';
import { matches } from './matches.ts';
import type { Failing, Progress, TargetMemory } from './memory.ts';
import { type ListName, messageId, shorten } from './message.ts';
import { type Patience, pauseAfter } from './patience.ts';
import type { Verdict } from './verdict.ts';

/** What one target's events are sent with. */
export interface Delivery {
  readonly target: NotifyTarget;
  readonly list: ListName;
  readonly source: EventSource;
  readonly memory: TargetMemory;
  /** Sends an event once. */
  readonly send: (target: NotifyTarget, event: ListEvent) => Promise<Verdict>;
  readonly patience: Patience;
  /** Whether it ends where there is nothing more that is due. */
  readonly isOnce: boolean;
  /** Waits for some milliseconds, or until the signal is aborted. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly tell: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Events that are not for a target, after which is written how far it is. */
const writeEvery = 100;

/** Milliseconds after which is tried again to write it, on a full disk say. */
const writeAgainAfter = 5_000;

/** Milliseconds after which a receiver that wants no more is asked again. */
const goneFor = 24 * 60 * 60_000;

/**
 * Sends a target the events of a list, one after the other and in their order, until the signal is
 * aborted. How far it is moves on when an event was accepted, or was given up
 * and kept: whatever ends the process, each event arrives at least once.
 *
 * @returns how many it accepted
 * @throws DocketError what reading the list throws
 */
export async function deliver(delivery: Delivery, begin: Progress): Promise<number> {
  const { target, list, source, memory, patience, isOnce, tell, signal } = delivery;
  let { cursor } = begin;
  let written = cursor;
  let sent = 0;
  for await (const event of isOnce ? source.upToNow(cursor) : source.follow(cursor, signal)) {
    if (event.seq > cursor + 1) {
      tell(`events ${cursor + 1} to ${event.seq - 1} are no longer in the list, and are not sent`);
    }
    if (matches(event, target.only)) {
      if (!(await settle(event))) break;
      written = event.seq;
    }
    cursor = event.seq;
    if (cursor - written >= writeEvery) await write({ cursor });
    if (signal.aborted) break;
  }
  if (cursor > written) await write({ cursor });
  return sent;

  /** Sends an event until it is accepted or given up; false where others must wait for that. */
  async function settle(event: ListEvent): Promise<boolean> {
    const { seq } = event;
    let failing = begin.failing?.seq === seq ? begin.failing : undefined;
    if (isOnce && failing !== undefined && Date.parse(failing.nextAt) > Date.now()) return false;
    let isTold = false;
    while (!signal.aborted) {
      const verdict = await delivery.send(target, event);
      if (verdict.kind === 'accepted') {
        await write({ cursor: seq });
        sent += 1;
        if (isTold) tell('accepts events again');
        return true;
      }
      // It was given up because the process ends, which says nothing of the receiver.
      if (signal.aborted) break;
      failing = nextFailing(event, failing, verdict);
      if (verdict.kind !== 'away' && verdict.kind !== 'gone') {
        if (failing.counted >= patience[verdict.kind]) {
          await giveUp(event, failing);
          return true;
        }
      }
      await write({ cursor, failing });
      if (verdict.kind === 'gone')
        tell(`${verdict.reason}, that it wants no more: waiting for a day`);
      else if (!isTold) tell(`does not accept event ${seq}: ${verdict.reason}; trying again`);
      isTold = true;
      if (isOnce) return false;
      await delivery.sleep(Math.max(0, Date.parse(failing.nextAt) - Date.now()));
    }
    return false;
  }

  function nextFailing(
    { seq }: ListEvent,
    last: Failing | undefined,
    { kind, reason, pause: asked }: Exclude<Verdict, { kind: 'accepted' }>,
  ): Failing {
    const tries = (last?.tries ?? 0) + 1;
    const isGone = kind === 'gone';
    const pause = isGone ? goneFor : pauseAfter({ tries, asked, random: Math.random() }, patience);
    return {
      seq,
      tries,
      counted: (last?.counted ?? 0) + (kind === 'refused' || kind === 'failed' ? 1 : 0),
      reason,
      nextAt: new Date(Date.now() + pause).toISOString(),
      ...(isGone ? { isGone } : {}),
    };
  }

  /** Keeps the event first: a crash in between keeps it, and sends it again. */
  async function giveUp(event: ListEvent, { tries, reason }: Failing): Promise<void> {
    const { isShort: _, ...kept } = shorten(event);
    const at = new Date().toISOString();
    const letter = { id: messageId(event, list), event: kept, reason, at };
    await insist(() => memory.addDead(letter));
    await write({ cursor: event.seq });
    tell(
      `gave event ${event.seq} up after ${tries} tries: ${reason}; docket notify --dead shows it`,
    );
  }

  async function write(progress: Progress): Promise<void> {
    await insist(() => memory.writeProgress(progress));
    written = progress.cursor;
  }

  /** Tries again what the disk refuses: nothing more is sent before it is written. */
  async function insist(work: () => void): Promise<void> {
    for (let isTold = false; ; isTold = true) {
      try {
        return work();
      } catch (error) {
        if (isOnce || signal.aborted) throw error;
        if (!isTold) tell(`${(error as Error).message}; trying again`);
        await delivery.sleep(writeAgainAfter);
      }
    }
  }
}
