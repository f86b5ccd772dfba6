import { clipToWidth, displayWidth } from '../../lib/render/text/width.ts';

/** A line whose end stays when it is too long. */
export interface LiveLine {
  readonly text: string;
  readonly end: string;
}

/** Lines at the bottom of a terminal that are painted again and again, below lines that stay. */
export interface LiveLines {
  /** Prints a line that stays. */
  print(line: string): void;
  /** Replaces the lines below. */
  show(lines: readonly LiveLine[]): void;
}

/**
 * Paints with two escape sequences that every terminal has: up by lines, and clear from here.
 * A line is cut to the width, as one that wraps could not be counted.
 */
export function liveLines(write: (text: string) => void, width: number): LiveLines {
  let shown: readonly string[] = [];

  function paint(staying: string, lines: readonly string[]): void {
    const up = shown.length === 0 ? '' : `\u001b[${shown.length}A\u001b[J`;
    shown = lines;
    write(`${up}${staying}${shown.map((line) => `${line}\n`).join('')}`);
  }

  return {
    print: (line) => paint(`${line}\n`, shown),
    show: (lines) => paint('', lines.map(fit)),
  };

  function fit({ text, end }: LiveLine): string {
    const most = Math.max(2, width - 1);
    const left = most - displayWidth(end);
    return left < 2 ? clipToWidth(`${text}${end}`, most) : `${clipToWidth(text, left)}${end}`;
  }
}
