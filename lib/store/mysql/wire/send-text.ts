import type { Socket } from 'node:net';
import type { Connection, FieldPacket, ResultSetHeader } from 'mysql2';
import type { Row, StatementResult } from '../../contract.ts';
import { StoreError } from '../../errors.ts';
import type { Text } from './compose-texts.ts';
import { guardSilence } from './watchdog.ts';

/** What a server answers to one statement, and in which columns when these are rows. */
export interface Answer extends StatementResult {
  readonly fields: readonly FieldPacket[] | undefined;
}

export interface SendTextOptions {
  /** How many milliseconds the server may be silent. */
  readonly silenceLimit: number;
  readonly onSilence: (error: Error) => void;
  /** Where to fail it when the connection ends: mysql2 does not always tell the text. */
  readonly inFlight: Set<(error: unknown) => void>;
  /** Called at once with the server's refusal, before anything else of its answer is read. */
  readonly onRefusal: () => void;
}

/** Sends one text and gives an answer for each of its statements; throws as mysql2 does. */
export async function sendText(
  { connection, socket }: { readonly connection: Connection; readonly socket: Socket },
  { sql, count }: Text,
  { silenceLimit, onSilence, inFlight, onRefusal }: SendTextOptions,
): Promise<readonly Answer[]> {
  const stopGuard = guardSilence(socket, { silenceLimit, onSilence });
  let fail = (_: unknown): void => {};
  try {
    return await new Promise<readonly Answer[]>((resolve, reject) => {
      fail = reject;
      inFlight.add(fail);
      connection.query(sql, (error: unknown, results: unknown, fields: unknown) => {
        if (error) {
          onRefusal();
          reject(error);
          return;
        }
        // One statement is answered by its result, several by a list of results.
        const answers = count === 1 ? [toAnswer(results, fields)] : toAnswers(results, fields);
        if (answers.length === count) resolve(answers);
        else reject(new StoreError('failed', `${answers.length} results of ${count} statements`));
      });
    });
  } finally {
    stopGuard();
    inFlight.delete(fail);
  }
}

function toAnswers(results: unknown, fields: unknown): readonly Answer[] {
  if (!Array.isArray(results) || !Array.isArray(fields)) return [];
  return results.map((result, index) => toAnswer(result, fields[index]));
}

function toAnswer(result: unknown, fields: unknown): Answer {
  return Array.isArray(result)
    ? { rows: result as Row[], found: 0, fields: fields as FieldPacket[] }
    : { rows: [], found: (result as ResultSetHeader).affectedRows, fields: undefined };
}
