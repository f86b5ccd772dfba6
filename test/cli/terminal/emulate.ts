import { displayWidth } from '../../../lib/render/text/width.ts';

/** A terminal as text: it obeys the sequences that docket writes, and refuses others. */
export interface Emulator {
  write(text: string): void;
  /** Breaks lines anew, as most terminals do; the cursor stays at its sign. */
  resize(columns: number): void;
  /** The lines that it shows, without colours. */
  lines(): readonly string[];
  /** The row and the column of the cursor, and whether it is seen. */
  cursor(): { readonly row: number; readonly column: number; readonly isSeen: boolean };
}

/** A row, and whether the line goes on in the next one. */
interface Row {
  text: string;
  wraps: boolean;
}

export function openEmulator(columns: number = Number.POSITIVE_INFINITY): Emulator {
  let width = columns;
  let rows: Row[] = [{ text: '', wraps: false }];
  let [row, column, isSeen] = [0, 0, true];
  let left = '';

  function rowAt(index: number): Row {
    while (rows.length <= index) rows.push({ text: '', wraps: false });
    return rows[index] as Row;
  }

  function put(sign: string): void {
    if (column + displayWidth(sign) > width) {
      rowAt(row).wraps = true;
      [row, column] = [row + 1, 0];
    }
    const here = rowAt(row);
    const before = here.text.padEnd(column);
    here.text = before.slice(0, column) + sign + before.slice(column + sign.length);
    column += sign.length;
  }

  function obey(letter: string, number: string): void {
    const here = rowAt(row);
    if (letter === 'A') row = Math.max(0, row - Number(number));
    else if (letter === 'K' && number === '') here.text = here.text.slice(0, column);
    else if (letter === 'J' && number === '') {
      here.text = here.text.slice(0, column);
      rows.length = row + 1;
    } else if (number === '?25') isSeen = letter === 'h';
    else if (letter !== 'm') throw new Error(`not a sequence of docket's: ${number}${letter}`);
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
      let line = '';
      let at: number | undefined;
      for (const [index, { text, wraps }] of old.entries()) {
        if (index === oldRow) at = line.length + oldColumn;
        line += text;
        if (wraps) continue;
        const first = rows.length;
        do {
          rows.push({ text: line.slice(0, width), wraps: line.length > width });
          line = line.slice(width);
        } while (line !== '');
        if (at !== undefined) [row, column] = [first + Math.floor(at / width), at % width];
        at = undefined;
      }
    },
    lines: () => rows.map(({ text }) => text),
    cursor: () => ({ row, column, isSeen }),
  };
}

/** Gives the lines that a terminal of any width shows after a text. */
export function emulate(text: string): readonly string[] {
  const emulator = openEmulator();
  emulator.write(text);
  return emulator.lines();
}
