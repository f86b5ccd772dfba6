import type { Statement } from '../../contract.ts';
import { StoreError } from '../../errors.ts';
import { bindParameters } from './bind-parameters.ts';

/** What is sent at once: one or several statements, with their values in place. */
export interface Text {
  readonly sql: string;
  readonly count: number;
}

/**
 * Bounds of a text of several statements. The smallest `max_allowed_packet` that a server has by
 * default is 4 MB (MySQL 5.7; MariaDB has 16), and some are set to 1 MB. Dolt answers nothing before
 * the last statement of a text has run, and takes up to 40 ms for one (measured): 200 of them stay
 * below the time that it may be silent.
 */
const longest = { characters: 900_000, statements: 200 } as const;

/** Ends a statement, also one whose last line is a comment. */
const separator = '\n;\n';

/**
 * Puts statements into as few texts as may be sent. This is the only place where a text gets to hold
 * two statements: one that holds a semicolon of its own is refused, and values are literals that
 * hold nothing but themselves.
 *
 * @throws StoreError `failed`
 */
export function composeTexts(statements: readonly Statement[]): readonly Text[] {
  const texts: Text[] = [];
  for (const { sql, params = [] } of statements) {
    if (sql.includes(';')) throw new StoreError('failed', `two statements in one: ${sql}`);
    const bound = bindParameters(sql, params);
    const last = texts.at(-1);
    if (last !== undefined && fits(last, bound)) {
      texts[texts.length - 1] = {
        sql: last.sql + separator + bound,
        count: last.count + 1,
      };
    } else {
      texts.push({ sql: bound, count: 1 });
    }
  }
  return texts;
}

/** A bound text is ASCII, as is every statement of ours: its characters are its bytes. */
function fits({ sql, count }: Text, more: string): boolean {
  return count < longest.statements && sql.length + more.length <= longest.characters;
}
