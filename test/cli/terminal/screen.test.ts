import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScreen } from '../../../cli/terminal/screen.ts';
import type { TerminalEvents } from '../../../cli/terminal/terminal.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { emulate, openEmulator } from '../../../scripts/recording/emulator.ts';

function openTerminal(size: { columns: number; rows: number } = { columns: 40, rows: 10 }) {
  const written: string[] = [];
  const on = { key: (_: string) => {}, resize: () => {}, leave: () => {} };
  const terminal = {
    ...size,
    write: (text: string) => void written.push(text),
    listen: ({ key = () => {}, resize, leave }: TerminalEvents) => {
      Object.assign(on, { key, resize, leave });
      return () => void Object.assign(on, { key: () => {}, resize: () => {}, leave: () => {} });
    },
  };
  return { terminal, on, written, shown: () => emulate(`$ docket\r\n${written.join('')}`) };
}

/** As the command `--watch` opens it, and as `docket run` does. */
const rest = (left: number) => `+${left} more lines`;
const watching = { takesKeys: true, rest };
const running = { takesKeys: false, rest };

const line = fc.stringMatching(/^[a-z ]{0,60}$/).map((text) => text.trimEnd());

test('whatever was shown before, what is shown is the last, below what was there', () => {
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 9 }), { minLength: 1 }), (pictures) => {
      const { terminal, shown } = openTerminal();
      const screen = openScreen(terminal, watching);
      for (const picture of pictures) screen.show(picture);
      const last = (pictures.at(-1) ?? []).map((text) =>
        text.length < 40 ? text : `${text.slice(0, 38).trimEnd()}…`,
      );
      expect(shown()).toEqual(['$ docket', ...last, '']);
      screen.close();
      expect(shown()).toEqual(['$ docket', '']);
    }),
  );
});

test('only the lines that differ are written', () => {
  const { terminal, written } = openTerminal();
  const screen = openScreen(terminal, watching);
  screen.show(['first', 'second', 'third']);
  screen.show(['first', 'changed', 'third']);
  expect(written.at(-1)).toBe('\r\r\nchanged\u001b[K\r\n\r\n\u001b[3A');
});

test('a picture higher than the terminal says how much is left out, and keeps its last line', () => {
  const { terminal, shown } = openTerminal({ columns: 60, rows: 6 });
  openScreen(terminal, watching).show(['1', '2', '3', '4', '5', '6', '7', 'end']);
  expect(shown().slice(1)).toEqual([...['1', '2', '3', '+4 more lines', 'end', '']]);
});

test.each([40, 25, 9])(
  'after a change to %i columns the picture stands once, where it was, and nothing above is lost',
  (columns) => {
    const { terminal, on } = openTerminal();
    const emulator = openEmulator(40);
    const screen = openScreen({ ...terminal, write: emulator.write, columns: 40 }, running);
    emulator.write('what was there before the command, of 40\r\n$ docket\r\n');
    screen.show(['a line of thirty columns or more', 'second', 'a third line that is long too']);
    emulator.resize(columns);
    on.resize();
    screen.show(['a line', 'second', 'third']);
    expect(emulator.lines().slice(-4)).toEqual(['a line', 'second', 'third', '']);
    const before = emulator.lines().slice(0, -4).join('');
    expect(before).toBe('what was there before the command, of 40$ docket');
  },
);

test('what is typed meanwhile, Ctrl-C too, is painted over', () => {
  const { terminal, written, shown } = openTerminal();
  const screen = openScreen(terminal, running);
  screen.show(['first', 'second']);
  written.push('^C');
  expect(shown()).toEqual(['$ docket', '^Crst', 'second', '']);
  screen.show(['first', 'second']);
  expect(shown()).toEqual(['$ docket', 'first', 'second', '']);
});

test('a line that stays is put above the picture, which moves down', () => {
  const { terminal, shown } = openTerminal();
  const screen = openScreen(terminal, running);
  screen.show(['first', 'second']);
  screen.print(['stays']);
  screen.show(['first']);
  screen.print(['stays too']);
  screen.show(['last']);
  expect(shown()).toEqual(['$ docket', 'stays', 'stays too', 'last', '']);
  screen.print(['the end']);
  screen.close();
  expect(shown()).toEqual(['$ docket', 'stays', 'stays too', 'the end', '']);
});

test('who ends the process all at once finds the prompt below the picture', () => {
  const { terminal, on, written } = openTerminal();
  const emulator = openEmulator();
  openScreen(terminal, running).show(['first', 'second']);
  emulator.write(written.join(''));
  expect(emulator.cursor()).toEqual({ row: 0, column: 0, isSeen: false });
  on.leave();
  emulator.write(written.at(-1) ?? '');
  expect(emulator.cursor()).toEqual({ row: 2, column: 0, isSeen: true });
});

test('a wait that is woken ends, and so does the next one', async () => {
  const { terminal, on } = openTerminal();
  const screen = openScreen(terminal, running);
  const waiting = screen.wait(60_000);
  screen.wake();
  expect(await waiting).toBe('time');
  screen.wake();
  on.resize();
  expect(await screen.wait(60_000)).toBe('resized');
});

test('a line with colours is cut by what is seen of it, and its colour ends', () => {
  const { terminal, written } = openTerminal({ columns: 12, rows: 9 });
  openScreen(terminal, watching).show([
    '\u001b[1mweb-k3f9\u001b[0m  P2  Title',
    '\u001b[1m日本語日本語日本語\u001b[0m',
  ]);
  const lines = (written.at(-1) ?? '').split('\r\n');
  expect(lines[0]).toBe('\r\u001b[1mweb-k3f9\u001b[0m…\u001b[0m\u001b[K');
  for (const each of emulate(written.join(''))) expect(displayWidth(each)).toBeLessThan(12);
});

test.each(['q', 'Q', '\u0003', '\u0004'])('the key %j quits, at once and later', async (key) => {
  const { terminal, on } = openTerminal();
  const screen = openScreen(terminal, watching);
  const waiting = screen.wait(60_000);
  on.key('x');
  on.key(key);
  expect(await waiting).toBe('quit');
  expect(await screen.wait(60_000)).toBe('quit');
  expect(await screen.quit).toBe('quit');
});

test('a wait ends with the time, a change of size, or a request to stop', async () => {
  const { terminal, on } = openTerminal();
  const controller = new AbortController();
  const screen = openScreen(terminal, { ...watching, interruption: controller.signal });
  expect(await screen.wait(1)).toBe('time');
  const waiting = screen.wait(60_000);
  on.resize();
  expect(await waiting).toBe('resized');
  // Nobody waits while what is shown is read.
  on.resize();
  expect(await screen.wait(60_000)).toBe('resized');
  expect(await screen.wait(1)).toBe('time');
  controller.abort();
  expect(await screen.wait(60_000)).toBe('quit');
});
