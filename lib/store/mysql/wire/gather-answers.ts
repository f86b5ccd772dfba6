import type { FieldPacket, ResultSetHeader } from 'mysql2';
import type { Row, StatementResult } from '../../contract.ts';

/** What a server answers to one statement, and in which columns when these are rows. */
export interface Answer extends StatementResult {
  readonly fields: readonly FieldPacket[] | undefined;
}

type Fields = readonly FieldPacket[] | undefined;

/** Puts the answers to one text together as they come. */
export interface Gathering {
  /** The next statement is answered: in these columns, or by no rows. False when it is too much. */
  begin(fields: Fields): boolean;
  /** A row, or what a statement without rows has done. False when it is too much. */
  add(result: Row | ResultSetHeader): boolean;
  readonly answers: readonly Answer[];
}

/**
 * The widest answer of ours has 40 columns. 100,000 tasks with all that is said of them are 4 million
 * values; one takes up to 80 bytes beside its text, and so does each row (measured).
 */
const most = { columns: 200, values: 10_000_000 } as const;

/** @param count how many statements the text has */
export function gatherAnswers(count: number, mostValues: number = most.values): Gathering {
  const answers: Answer[] = [];
  let rows: Row[] = [];
  let columns = 0;
  let values = 0;
  return {
    answers,
    begin: (fields) => {
      columns = fields?.length ?? 0;
      rows = [];
      if (fields !== undefined) answers.push({ rows, found: 0, fields });
      // What a statement without rows has done comes with its result.
      return columns <= most.columns && answers.length <= count;
    },
    add: (result) => {
      if (columns === 0) {
        const { affectedRows: found } = result as ResultSetHeader;
        answers.push({ rows: [], found, fields: undefined });
      } else rows.push(result as Row);
      values += columns + 1;
      return values <= mostValues && answers.length <= count;
    },
  };
}
