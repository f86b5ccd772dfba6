import { queueChange } from '../../lib/access/queue-change.ts';
import { checkInput } from '../../lib/operations/check-input.ts';
import { renderQueued } from '../../lib/render/task/outbox.ts';
import type { CommandAnswer, CommandInput } from './command.ts';
import type { MissedWrite } from './missed-write.ts';

/**
 * Answers a writing command that could not reach the database: the change is queued.
 *
 * @throws DocketError `unreachable` where it may not be queued
 */
export async function queueInstead(
  error: MissedWrite,
  { flags, io }: CommandInput,
): Promise<CommandAnswer> {
  const { operation, words, ...missed } = error.missed;
  const database = typeof flags.database === 'string' ? flags.database : undefined;
  const input = await checkInput(operation, missed.input, words);
  const data = queueChange({ ...io, database }, { verb: operation.name, input, error });
  return { data, text: renderQueued(data, io.style) };
}
