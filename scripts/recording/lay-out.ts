import type { Frame } from './play.ts';
import type { Pane } from './scene.ts';

/** A row of a session's window. */
export interface Row {
  readonly text: string;
  readonly style: Frame['kind'];
  /** Whether it begins what is seen at once. */
  readonly isFirst: boolean;
}

/** Rows that appear together. */
export interface Cue {
  readonly pane: Pane;
  /** Seconds from the beginning. */
  readonly at: number;
  readonly rows: readonly Row[];
}

export interface Timeline {
  readonly cues: readonly Cue[];
  /** Seconds until it begins anew. */
  readonly length: number;
}

/** Seconds that a reader gets for the frame before. */
const pause: Readonly<Record<Frame['kind'], number>> = {
  note: 0.4,
  prompt: 1,
  told: 0.6,
  call: 0.8,
  answer: 0.4,
  refused: 0.4,
  say: 0.8,
};

/** A reader takes in so many rows a second. */
const rowsASecond = 12;
const atTheEnd = 5;

/** Breaks frames into rows of `columns` signs and says when each appears. */
export function layOut(frames: readonly Frame[], columns: number): Timeline {
  let at = 0;
  let rowsBefore = 0;
  const cues = frames
    .filter(({ text }) => text !== '')
    .map((frame) => {
      at += pause[frame.kind] + rowsBefore / rowsASecond;
      const rows = rowsOf(frame, columns);
      rowsBefore = rows.length;
      return { pane: frame.pane, at: Math.round(at * 10) / 10, rows };
    });
  return { cues, length: Math.ceil(at + rowsBefore / rowsASecond + atTheEnd) };
}

function rowsOf({ kind, text }: Frame, columns: number): readonly Row[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines
    .flatMap((line) => wrap(line, columns - 2))
    .map((line, index) => ({ text: line, style: kind, isFirst: index === 0 }));
}

/** Breaks a line at spaces; what goes on stands two columns further in. */
function wrap(line: string, columns: number): readonly string[] {
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const rows: string[] = [];
  let row = line;
  while (row.length > columns) {
    const space = row.lastIndexOf(' ', columns);
    const end = space > indent + 2 ? space : columns;
    rows.push(row.slice(0, end));
    row = `${' '.repeat(indent + 2)}${row.slice(end).trimStart()}`;
  }
  return [...rows, row];
}
