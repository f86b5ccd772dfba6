import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openScreen } from '../../../cli/terminal/screen.ts';
import { displayWidth } from '../../../lib/render/text/width.ts';
import { emulate } from './emulate.ts';

function openTerminal(size: { columns: number; rows: number } = { columns: 40, rows: 10 }) {
  const written: string[] = [];
  const on = { key: (_: string) => {}, resize: () => {} };
  const terminal = {
    ...size,
    write: (text: string) => void written.push(text),
    listen: (given: typeof on) => {
      Object.assign(on, given);
      return () => Object.assign(on, { key: () => {}, resize: () => {} });
    },
  };
  return { terminal, on, written, shown: () => emulate(`$ docket\r\n${written.join('')}`) };
}

const line = fc.stringMatching(/^[a-z ]{0,60}$/).map((text) => text.trimEnd());

test('whatever was shown before, what is shown is the last, below what was there', () => {
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 9 }), { minLength: 1 }), (pictures) => {
      const { terminal, shown } = openTerminal();
      const screen = openScreen(terminal);
      for (const picture of pictures) screen.show(picture);
      const last = (pictures.at(-1) ?? []).map((text) =>
        text.length <= 40 ? text : `${text.slice(0, 39).trimEnd()}…`,
      );
      expect(shown()).toEqual(['$ docket', ...last, '']);
      screen.close();
      expect(shown()).toEqual(['$ docket', '']);
    }),
  );
});

test('only the lines that differ are written', () => {
  const { terminal, written } = openTerminal();
  const screen = openScreen(terminal);
  screen.show(['first', 'second', 'third']);
  screen.show(['first', 'changed', 'third']);
  expect(written.at(-1)).toBe('\u001b[3A\r\n\u001b[2Kchanged\r\n\r\n');
});

test('a picture higher than the terminal says how much is left out, and keeps its last line', () => {
  const { terminal, shown } = openTerminal({ columns: 60, rows: 6 });
  openScreen(terminal).show(['1', '2', '3', '4', '5', '6', '7', 'end']);
  expect(shown().slice(1)).toEqual([
    ...['1', '2', '3', '+4 more lines: without --watch they are shown', 'end', ''],
  ]);
});

test('after a change of size all is painted anew from the top', () => {
  const { terminal, on, shown } = openTerminal();
  const screen = openScreen(terminal);
  screen.show(['a line of thirty columns, nearly', 'b']);
  terminal.columns = 20;
  on.resize();
  screen.show(['a line of thirty columns, nearly', 'b']);
  expect(shown().slice(0, 2)).toEqual(['a line of thirty co…', 'b']);
});

test('a line with colours is cut by what is seen of it, and its colour ends', () => {
  const { terminal, written } = openTerminal({ columns: 12, rows: 9 });
  openScreen(terminal).show([
    '\u001b[1mweb-k3f9\u001b[0m  P2  Title',
    '\u001b[1m日本語日本語日本語\u001b[0m',
  ]);
  const lines = (written.at(-1) ?? '').split('\r\n');
  expect(lines[0]).toBe('\u001b[2K\u001b[1mweb-k3f9\u001b[0m  P…\u001b[0m');
  for (const each of emulate(written.join(''))) expect(displayWidth(each)).toBeLessThanOrEqual(12);
});

test.each(['q', 'Q', '\u0003', '\u0004'])('the key %j quits, at once and later', async (key) => {
  const { terminal, on } = openTerminal();
  const screen = openScreen(terminal);
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
  const screen = openScreen(terminal, controller.signal);
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
