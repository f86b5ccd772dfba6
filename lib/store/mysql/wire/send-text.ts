import type { Socket } from 'node:net';
import type { Connection, FieldPacket, ResultSetHeader } from 'mysql2';
import { answerLimit } from '../../../model/waiting.ts';
import type { Row } from '../../contract.ts';
import { StoreError } from '../../errors.ts';
import type { Text } from './compose-texts.ts';
import { type Answer, gatherAnswers } from './gather-answers.ts';
import { tooMuch, watchAnswer } from './watchdog.ts';

export interface SendTextOptions {
  /** How many milliseconds the server may be silent. */
  readonly silenceLimit: number;
  readonly mostValues: number | undefined;
  /** Called to end the connection to a server that is silent, or does not come to an end. */
  readonly onBreach: (error: Error) => void;
  /** Where to fail it when the connection ends: mysql2 does not tell the text. */
  readonly inFlight: Set<(error: unknown) => void>;
  /** Called at once with the server's refusal, before anything else of its answer is read. */
  readonly onRefusal: () => void;
}

/** Sends one text and gives an answer for each of its statements; throws as mysql2 does. */
export async function sendText(
  { connection, socket }: { readonly connection: Connection; readonly socket: Socket },
  { sql, count }: Text,
  { silenceLimit, mostValues, onBreach, inFlight, onRefusal }: SendTextOptions,
): Promise<readonly Answer[]> {
  const timeLimit = silenceLimit + answerLimit;
  const watch = watchAnswer(socket, { silenceLimit, timeLimit, onBreach });
  const gathering = gatherAnswers(count, mostValues);
  // mysql2 takes nothing more from a server once a listener has thrown.
  const go = (isBearable: boolean): void => {
    watch.progress();
    if (isBearable) return;
    const error = tooMuch();
    onBreach(error);
    throw error;
  };
  let fail = (_: unknown): void => {};
  try {
    return await new Promise<readonly Answer[]>((resolve, reject) => {
      fail = reject;
      inFlight.add(fail);
      const query = connection.query(sql);
      query.on('fields', (fields?: readonly FieldPacket[]) => go(gathering.begin(fields)));
      query.on('result', (result: Row | ResultSetHeader) => go(gathering.add(result)));
      query.on('error', (error) => {
        onRefusal();
        reject(error);
      });
      query.on('end', () => {
        const { answers } = gathering;
        if (answers.length === count) resolve(answers);
        else reject(new StoreError('failed', `${answers.length} results of ${count} statements`));
      });
    });
  } finally {
    watch.stop();
    inFlight.delete(fail);
  }
}
