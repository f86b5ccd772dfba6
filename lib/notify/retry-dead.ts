import { type DeadLetter, targetMemory } from './memory.ts';
import type { NotifyOptions } from './notify.ts';
import { makeSender } from './sender.ts';
import type { Telling } from './telling.ts';

/**
 * Sends the events again that were given up, each once and in their order. Those that are accepted
 * are forgotten; where the receiver is away, its others are left as they are.
 *
 * @returns how many were accepted, by target
 * @throws DocketError `invalid_config`
 */
export async function retryDead(
  { list, targets, folder }: Telling,
  { signal, http }: Pick<NotifyOptions, 'signal' | 'http'>,
): Promise<ReadonlyMap<string, number>> {
  const sender = makeSender(list, { signal, http });
  const sent = new Map<string, number>();
  await Promise.all(
    targets.map(async (target) => {
      const memory = targetMemory(folder, target.name);
      const kept: DeadLetter[] = [];
      const letters = [...memory.readDead()];
      for (let letter = letters.shift(); letter !== undefined; letter = letters.shift()) {
        const verdict = signal.aborted ? undefined : await sender.send(target, letter.event);
        if (verdict?.kind === 'accepted') sent.set(target.name, (sent.get(target.name) ?? 0) + 1);
        else kept.push(verdict === undefined ? letter : { ...letter, reason: verdict.reason });
        memory.writeDead([...kept, ...letters]);
        if (verdict?.kind === 'away' || verdict?.kind === 'gone' || signal.aborted) return;
      }
    }),
  );
  sender.stop();
  return sent;
}
