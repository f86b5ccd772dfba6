import { clipToWidth, displayWidth } from '../../lib/render/text/width.ts';
import type { Terminal } from './terminal.ts';

/** What ends a wait at a screen. */
export type Waited = 'time' | 'resized' | 'quit';

/** Lines at the bottom of a terminal that stay up to date until the person has seen enough. */
export interface Screen {
  /** Replaces what is shown. Lines that are too long are cut, and those that are too many left out. */
  show(lines: readonly string[]): void;
  /** Waits so many milliseconds, or until the size changes or the person quits. */
  wait(milliseconds: number): Promise<Waited>;
  /** Resolves when the person quits. */
  readonly quit: Promise<'quit'>;
  /** Takes away what is shown. */
  close(): void;
}

/** The keys that quit: q, Ctrl-C and Ctrl-D. */
const quitKeys = ['q', 'Q', '\u0003', '\u0004'] as const;

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearBelow = '\u001b[J';
const clearLine = '\u001b[2K';
/** To the top left corner, and clear all: after a change of size nobody knows where lines are. */
const clearAll = '\u001b[H\u001b[2J';

/** Opens a screen. @param interruption is aborted when the command is asked to stop. */
export function openScreen(terminal: Terminal, interruption?: AbortSignal): Screen {
  let shown: readonly string[] = [];
  let isResized = false;
  let isToldOfSize = true;
  let wake: (waited: Waited) => void = () => {};
  const { promise: quit, resolve: resolveQuit } = Promise.withResolvers<'quit'>();
  let isQuit = false;
  const end = () => {
    isQuit = true;
    resolveQuit('quit');
    wake('quit');
  };
  const stopListening = terminal.listen({
    key: (key) => {
      if (quitKeys.some((each) => key.includes(each))) end();
    },
    resize: () => {
      isResized = true;
      isToldOfSize = false;
      wake('resized');
    },
  });
  interruption?.addEventListener('abort', end, { once: true });
  terminal.write(hideCursor);

  return {
    quit,
    show(lines) {
      const { columns, rows } = terminal;
      if (isResized) shown = [];
      const next = fitRows(lines, rows - 1).map((line) => clipPainted(line, columns));
      const start = isResized ? clearAll : up(shown);
      isResized = false;
      // Only lines that differ are written, so that nothing flickers.
      const painted = next.map((line, index) =>
        line === shown[index] ? '\r\n' : `${clearLine}${line}\r\n`,
      );
      terminal.write(start + painted.join('') + (next.length < shown.length ? clearBelow : ''));
      shown = next;
    },
    wait(milliseconds) {
      const isNewSize = !isToldOfSize;
      isToldOfSize = true;
      if (isQuit) return Promise.resolve('quit');
      if (isNewSize) return Promise.resolve('resized');
      return new Promise((resolve) => {
        const timer = setTimeout(() => wake('time'), milliseconds);
        wake = (waited) => {
          clearTimeout(timer);
          wake = () => {};
          isToldOfSize = true;
          resolve(waited);
        };
      });
    },
    close() {
      stopListening();
      interruption?.removeEventListener('abort', end);
      terminal.write(`${up(shown)}${clearBelow}${showCursor}`);
    },
  };
}

function up(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\u001b[${lines.length}A`;
}

/** Leaves lines in the middle out where there are more than rows: the last one stays. */
function fitRows(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows || rows < 3) return lines.slice(0, rows);
  const kept = lines.slice(0, rows - 2);
  const left = lines.length - kept.length - 1;
  return [...kept, `+${left} more lines: without --watch they are shown`, ...lines.slice(-1)];
}

/** Cuts a line with colours to so many columns. */
function clipPainted(line: string, width: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are docket's own colours
  const parts = line.split(/(\u001b\[\d*m)/u);
  const whole = parts.reduce((sum, part, index) => sum + (index % 2 ? 0 : displayWidth(part)), 0);
  if (whole <= width) return line;
  let clipped = '';
  let room = width;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0 && displayWidth(part) >= room) {
      // More follows, so that it is cut also where it fits exactly.
      return `${clipped}${clipToWidth(`${part}  `, room)}\u001b[0m`;
    }
    clipped += part;
    if (index % 2 === 0) room -= displayWidth(part);
  }
  return clipped;
}
