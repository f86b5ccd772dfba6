import type { Row, SqlValue } from '../../contract.ts';
import { Cursor } from './cursor.ts';
import type { PacketStream } from './packet-stream.ts';
import { serverError } from './server-error.ts';

/** Types whose text is a number that JavaScript holds. */
const numbers: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 8, 9, 13]);
const mostColumns = 100;

export interface Column {
  readonly name: string;
  readonly isNumber: boolean;
  /** As mysql2 calls it. */
  readonly encoding: 'utf8' | 'binary' | undefined;
}

export interface Result {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Reads the answer to a statement; without rows, it has no columns. @throws Error */
export async function readResult(stream: PacketStream): Promise<Result> {
  const head = await stream.next();
  if (head[0] === 0xff) throw serverError(head);
  if (head[0] === 0) return { columns: [], rows: [] };
  // 0xfb would ask for a file of this machine.
  if (head[0] === undefined || head[0] > mostColumns) {
    throw new Error('the server answers something else than was asked');
  }
  const columns: Column[] = [];
  while (columns.length < head[0]) columns.push(readColumn(await stream.next()));
  if (!isEnd(await stream.next())) throw new Error('the server sends more columns than it said');
  const rows: Row[] = [];
  for (;;) {
    const packet = await stream.next();
    if (isEnd(packet)) return { columns, rows };
    if (packet[0] === 0xff) throw serverError(packet);
    rows.push(readRow(packet, columns));
  }
}

function isEnd(packet: Buffer): boolean {
  return packet[0] === 0xfe && packet.length < 9;
}

function readColumn(packet: Buffer): Column {
  const cursor = new Cursor(packet);
  for (let skipped = 0; skipped < 4; skipped += 1) cursor.bytes(cursor.length());
  const name = cursor.text() ?? '';
  cursor.bytes(cursor.length());
  cursor.number(1);
  const encoding = encodingOf(cursor.number(2));
  cursor.number(4);
  return { name, isNumber: numbers.has(cursor.number(1)), encoding };
}

/** By the number of the collation; ASCII counts as UTF-8, of which it is a part. */
function encodingOf(collation: number): Column['encoding'] {
  if (collation === 63) return 'binary';
  const isUtf8 =
    [11, 33, 45, 46, 65, 76, 83].includes(collation) || (collation >= 192 && collation <= 323);
  return isUtf8 ? 'utf8' : undefined;
}

function readRow(packet: Buffer, columns: readonly Column[]): Row {
  const cursor = new Cursor(packet);
  const row: Record<string, SqlValue> = {};
  for (const { name, isNumber } of columns) {
    const text = cursor.text();
    row[name] = isNumber && text !== null ? numberOf(text) : text;
  }
  return row;
}

function numberOf(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(text) ? number : text;
}
