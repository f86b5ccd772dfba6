import { displayWidth } from '../../lib/render/text/width.ts';

/** A terminal that obeys the sequences that docket writes, and refuses others. */
export interface Emulator {
  write(text: string): void;
  /** Breaks lines anew, as most terminals do; the cursor stays at its sign. */
  resize(columns: number): void;
  /** The lines that it shows, without colours. */
  lines(): readonly string[];
  /** The lines that it shows, sign by sign. */
  cells(): readonly (readonly Cell[])[];
  /** The row and the column of the cursor, and whether it is seen. */
  cursor(): { readonly row: number; readonly column: number; readonly isSeen: boolean };
}

/** A sign and the number of its colour, empty where it has none. */
export interface Cell {
  readonly sign: string;
  readonly colour: string;
}

/** A row, and whether the line goes on in the next one. */
interface Row {
  cells: Cell[];
  wraps: boolean;
}

const blank: Cell = { sign: ' ', colour: '' };

export function openEmulator(columns: number = Number.POSITIVE_INFINITY): Emulator {
  let width = columns;
  let rows: Row[] = [{ cells: [], wraps: false }];
  let [row, column, isSeen, colour] = [0, 0, true, ''];
  let left = '';

  function rowAt(index: number): Row {
    while (rows.length <= index) rows.push({ cells: [], wraps: false });
    return rows[index] as Row;
  }

  function put(sign: string): void {
    if (column + displayWidth(sign) > width) {
      rowAt(row).wraps = true;
      [row, column] = [row + 1, 0];
    }
    const { cells } = rowAt(row);
    while (cells.length < column) cells.push(blank);
    cells[column] = { sign, colour };
    column += 1;
  }

  function obey(letter: string, number: string): void {
    const { cells } = rowAt(row);
    const isPlain = number === '';
    if (letter === 'A') row = Math.max(0, row - Number(number));
    else if ((letter === 'K' || letter === 'J') && isPlain) {
      cells.length = Math.min(cells.length, column);
      if (letter === 'J') rows.length = row + 1;
    } else if (number === '?25') isSeen = letter === 'h';
    else if (letter === 'm') colour = number === '0' ? '' : number;
    else throw new Error(`not a sequence of docket's: ${number}${letter}`);
  }

  return {
    write(text) {
      let rest = left + text;
      left = '';
      while (rest !== '') {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the rest of it is still to come
        if (/^\u001b(?:\[[?\d]*)?$/.test(rest)) {
          left = rest;
          return;
        }
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
        const match = /^(?:\u001b\[([?\d]*)([A-Za-z])|(\r*\n)|(\r)|([^\u001b\r\n]))/u.exec(rest);
        if (match === null) throw new Error(`not a sequence of docket's: ${JSON.stringify(rest)}`);
        const [all, number = '', letter, lineEnd, back, sign] = match;
        rest = rest.slice(all.length);
        if (sign !== undefined) put(sign);
        else if (letter !== undefined) obey(letter, number);
        else column = 0;
        if (lineEnd !== undefined) row += 1;
        if (back === undefined) rowAt(row);
      }
    },
    resize(columns) {
      width = columns;
      const old = rows;
      const [oldRow, oldColumn] = [row, column];
      [rows, row, column] = [[], 0, 0];
      let line: Cell[] = [];
      let at: number | undefined;
      for (const [index, { cells, wraps }] of old.entries()) {
        if (index === oldRow) at = line.length + oldColumn;
        line.push(...cells);
        if (wraps) continue;
        const first = rows.length;
        do {
          rows.push({ cells: line.slice(0, width), wraps: line.length > width });
          line = line.slice(width);
        } while (line.length > 0);
        if (at !== undefined) [row, column] = [first + Math.floor(at / width), at % width];
        at = undefined;
      }
    },
    lines: () => rows.map(({ cells }) => cells.map(({ sign }) => sign).join('')),
    cells: () => rows.map(({ cells }) => [...cells]),
    cursor: () => ({ row, column, isSeen }),
  };
}

/** Gives the lines that a terminal of any width shows after a text. */
export function emulate(text: string): readonly string[] {
  const emulator = openEmulator();
  emulator.write(text);
  return emulator.lines();
}
