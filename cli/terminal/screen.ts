import { clipToWidth, displayWidth } from '../../lib/render/text/width.ts';
import type { Terminal } from './terminal.ts';

/** What ends a wait at a screen. */
export type Waited = 'time' | 'resized' | 'quit';

/** Lines at the bottom of a terminal that stay up to date until the person has seen enough. */
export interface Screen {
  /** Replaces what is shown. Lines that are too long are cut, and those that are too many left out. */
  show(lines: readonly string[]): void;
  /** Puts lines that stay above what is shown, with the next picture. */
  print(lines: readonly string[]): void;
  /** Waits so many milliseconds, or until it is woken, the size changes or the person quits. */
  wait(milliseconds: number): Promise<Waited>;
  /** Ends a wait before its time, or the next one at once. */
  wake(): void;
  /** Resolves when the person quits. */
  readonly quit: Promise<'quit'>;
  /** Takes away what is shown. */
  close(): void;
}

export interface ScreenOptions {
  /** Whether keys quit: else what is typed appears on the terminal, and Ctrl-C interrupts. */
  readonly takesKeys: boolean;
  /** Is aborted when the command is asked to stop, which quits. */
  readonly interruption?: AbortSignal | undefined;
  /** Says how many lines are left out, where there are more than rows. */
  rest(lines: number): string;
}

/** The keys that quit: q, Ctrl-C and Ctrl-D. */
const quitKeys = ['q', 'Q', '\u0003', '\u0004'] as const;

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const clearBelow = '\u001b[J';
const clearToEnd = '\u001b[K';

/**
 * Opens a screen. The cursor waits at its first line: a terminal that breaks lines anew after a
 * change of its size keeps the cursor at the sign where it was, so that all of the picture, however
 * many rows that is now, stands below it, and nothing else does.
 */
export function openScreen(
  terminal: Terminal,
  { takesKeys, interruption, rest: renderRest }: ScreenOptions,
): Screen {
  let shown: readonly string[] = [];
  let staying: readonly string[] = [];
  let isDirty = false;
  let due: Waited | undefined;
  let wake: ((waited: Waited) => void) | undefined;
  const { promise: quit, resolve: resolveQuit } = Promise.withResolvers<'quit'>();
  const end = () => {
    due = 'quit';
    resolveQuit('quit');
    wake?.('quit');
  };
  const stopListening = terminal.listen({
    key: takesKeys
      ? (key) => {
          if (quitKeys.some((each) => key.includes(each))) end();
        }
      : undefined,
    resize: () => {
      isDirty = true;
      wakeBy('resized');
    },
    leave: () => terminal.write(`${'\r\n'.repeat(shown.length)}${showCursor}`),
  });
  interruption?.addEventListener('abort', end, { once: true });
  terminal.write(hideCursor);

  function wakeBy(waited: Waited): void {
    due = due === 'quit' || due === 'resized' ? due : waited;
    wake?.(due);
  }

  return {
    quit,
    show(lines) {
      const { columns, rows } = terminal;
      // The last column stays free: what a terminal clears after a full line differs.
      const next = fitRows(lines, rows - 1, renderRest).map((line) =>
        clipPainted(line, columns - 1),
      );
      const isNew = isDirty || staying.length > 0;
      // Only lines that differ are written, and over what was there, so that nothing flickers. Where
      // keys appear nobody knows what they left.
      const isKept = (line: string, index: number) => takesKeys && !isNew && line === shown[index];
      const painted = next.map((line, index) =>
        isKept(line, index) ? '\r\n' : `${line}${clearToEnd}\r\n`,
      );
      const start = isNew ? `${hideCursor}${clearBelow}` : '';
      const rest = !takesKeys || next.length < shown.length ? clearBelow : '';
      terminal.write(`\r${start}${endLines(staying)}${painted.join('')}${rest}${up(next.length)}`);
      [shown, staying, isDirty] = [next, [], false];
    },
    print(lines) {
      staying = [...staying, ...lines];
    },
    wait(milliseconds) {
      const before = due;
      if (before !== undefined) {
        if (before !== 'quit') due = undefined;
        return Promise.resolve(before);
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => wake?.('time'), milliseconds);
        wake = (waited) => {
          clearTimeout(timer);
          wake = undefined;
          if (due !== 'quit') due = undefined;
          resolve(waited);
        };
      });
    },
    wake: () => wakeBy('time'),
    close() {
      stopListening();
      interruption?.removeEventListener('abort', end);
      terminal.write(`\r${clearBelow}${endLines(staying)}${showCursor}`);
    },
  };
}

function endLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\r\n`).join('');
}

function up(lines: number): string {
  return lines === 0 ? '' : `\u001b[${lines}A`;
}

/** Leaves lines in the middle out where there are more than rows: the last one stays. */
function fitRows(
  lines: readonly string[],
  rows: number,
  renderRest: ScreenOptions['rest'],
): readonly string[] {
  if (lines.length <= rows || rows < 3) return lines.slice(0, rows);
  const kept = lines.slice(0, rows - 2);
  return [...kept, renderRest(lines.length - kept.length - 1), ...lines.slice(-1)];
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
