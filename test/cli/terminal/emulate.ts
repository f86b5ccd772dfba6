/**
 * Gives the lines that a terminal shows after a text, without colours. It knows the sequences that
 * docket writes, and refuses others.
 */
export function emulate(text: string): readonly string[] {
  const lines: string[] = [''];
  let row = 0;
  let column = 0;
  let rest = text;
  while (rest !== '') {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
    const match = /^(?:\u001b\[([?\d]*)([A-Za-z])|(\r*\n)|(\r)|([^\u001b\r\n]+))/u.exec(rest);
    if (match === null) throw new Error(`not a sequence of docket's: ${JSON.stringify(rest)}`);
    const [all, number = '', letter, lineEnd, back, plain] = match;
    rest = rest.slice(all.length);
    if (plain !== undefined) {
      const line = (lines[row] ?? '').padEnd(column);
      lines[row] = line.slice(0, column) + plain + line.slice(column + plain.length);
      column += plain.length;
    } else if (lineEnd !== undefined) {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (back !== undefined) column = 0;
    else if (letter === 'A') row = Math.max(0, row - Number(number));
    else if (letter === 'H') [row, column] = [0, 0];
    else if (letter === 'K') lines[row] = '';
    else if (letter === 'J' && number === '2') lines.fill('');
    else if (letter === 'J') {
      lines[row] = (lines[row] ?? '').slice(0, column);
      lines.length = row + 1;
    } else if (!(letter === 'm' || number.startsWith('?25'))) {
      throw new Error(`not a sequence of docket's: ${JSON.stringify(all)}`);
    }
  }
  return lines;
}
