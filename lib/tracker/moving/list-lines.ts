import { createHash } from 'node:crypto';
import { knownVersion } from '../../store/migrations/known-version.ts';
import { movedTables } from '../../store/moving/moved-tables.ts';
import { rowLine } from '../../store/moving/row-lines.ts';
import { fileFormat } from './file-format.ts';
import { type MovedList, type OnMoving, sumOf } from './moved-list.ts';

/** What a file says of its own making. */
export interface FileOrigin {
  /** The version of docket. */
  readonly version: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * Gives a list as the lines of docket's own file, a page of rows at a time: what it is, each row,
 * and at the end the number of rows and a checksum of everything before.
 */
export async function* listLines(
  { head, pages }: MovedList,
  { version, at }: FileOrigin,
  onProgress: OnMoving = () => {},
): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const total = sumOf(head.counts);
  let done = 0;
  const hashed = (text: string) => {
    hash.update(text);
    return text;
  };
  const { workspace, counts } = head;
  const schema = knownVersion;
  yield hashed(
    line({ docket: 'list', format: fileFormat, version, schema, at, workspace, counts }),
  );
  for (const table of movedTables) {
    for await (const rows of pages(table)) {
      done += rows.length;
      yield hashed(rows.map((row) => rowLine(table, row)).join(''));
      onProgress({ step: 'read', done, total });
    }
  }
  yield line({ end: 'list', rows: done, sha256: hash.digest('hex') });
}

function line(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
