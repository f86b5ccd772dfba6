import { setTimeout as wait } from 'node:timers/promises';
import { DocketError } from '../model/errors.ts';
import type { NotifyTarget as TargetView } from '../model/notify/answer.ts';
import { deliver } from './deliver.ts';
import type { EventSource } from './event-source.ts';
import { type Progress, type TargetMemory, targetMemory } from './memory.ts';
import { type Patience, usualPatience } from './patience.ts';
import { type HttpOptions, makeSender } from './sender.ts';
import type { Telling } from './telling.ts';
import { viewTarget } from './view.ts';

/** How events are sent. */
export interface NotifyOptions {
  readonly source: EventSource;
  /** Whether it ends when all that is due was tried once. */
  readonly isOnce: boolean;
  /** The number of the event after which each target begins; by default where it was. */
  readonly from?: number | undefined;
  /** Hears a line when something is worth knowing. */
  readonly tell: (line: string) => void;
  /** Ends it when it is aborted. A message that is under way has some seconds still. */
  readonly signal: AbortSignal;
  readonly patience?: Patience;
  readonly http?: HttpOptions | undefined;
}

/**
 * Sends the events of a list to its targets, each at its own pace, until the signal is aborted.
 *
 * @throws DocketError `usage`: there is no such event to begin after; what reading the list and
 * remembering throws
 */
export async function notify(
  telling: Telling,
  { source, isOnce, from, tell, signal, patience = usualPatience, http }: NotifyOptions,
): Promise<readonly TargetView[]> {
  const newest = await source.newest();
  if (from !== undefined && from > newest) {
    throw new DocketError('usage', `--from ${from} is after the newest event, which is ${newest}`);
  }
  const { list, folder, targets } = telling;
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  const sender = makeSender(list, { signal: either, http });
  try {
    return await Promise.all(
      targets.map(async (target) => {
        const memory = targetMemory(folder, target.name);
        const tellOf = (line: string) => tell(`${target.name}: ${line}`);
        const begin = beginAt(memory, { from, newest, tell: tellOf });
        const delivery = { target, list, source, memory, patience, isOnce, tell: tellOf };
        const sleep = (milliseconds: number) =>
          wait(milliseconds, undefined, { signal: either }).catch(() => {});
        const way = { send: sender.send, sleep, signal: either };
        const sent = await deliver({ ...delivery, ...way }, begin);
        return viewTarget(target, memory, sent);
      }),
    );
  } finally {
    // One that fails ends the others.
    end.abort();
    sender.stop();
  }
}

/** Decides where a target begins, and writes it: what comes from then on is for it. */
function beginAt(
  memory: TargetMemory,
  {
    from,
    newest,
    tell,
  }: {
    readonly from: number | undefined;
    readonly newest: number;
    readonly tell: (line: string) => void;
  },
): Progress {
  const known = from === undefined ? memory.readProgress() : { cursor: from };
  if (known !== undefined && from === undefined && known.cursor <= newest) return known;
  const progress = known !== undefined && known.cursor <= newest ? known : { cursor: newest };
  if (known === undefined) {
    tell(`begins now, after event ${newest}; docket notify --from 0 sends those before as well`);
  } else if (known.cursor > newest) {
    tell(
      `was told event ${known.cursor}, and the list ends with ${newest}: it was restored, and goes on from there`,
    );
  }
  memory.writeProgress(progress);
  return progress;
}
