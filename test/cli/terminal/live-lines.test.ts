import { expect, test } from 'vitest';
import { liveLines } from '../../../cli/terminal/live-lines.ts';

function paintedAt(width: number) {
  const written: string[] = [];
  const live = liveLines((text) => written.push(text), width);
  return { live, written };
}

test('a line that is too long keeps its end, who is at work and for how long', () => {
  const { live, written } = paintedAt(40);
  live.show([{ text: '[→] web-k3f9.1 Implement a monitoring script', end: '  Coding Agent  5 s' }]);
  expect(written).toEqual(['[→] web-k3f9.1 Impl…  Coding Agent  5 s\n']);
});

test('a terminal too narrow for the end still gets one line', () => {
  const { live, written } = paintedAt(12);
  live.show([{ text: '[→] web-k3f9.1', end: '  Coding Agent  5 s' }]);
  expect(written).toEqual(['[→] web-k3…\n']);
});

test('what stays is printed above what is painted again', () => {
  const { live, written } = paintedAt(40);
  live.show([{ text: 'a', end: '  1 s' }]);
  live.print('done');
  live.show([]);
  expect(written).toEqual(['a  1 s\n', '\u001b[1A\u001b[Jdone\na  1 s\n', '\u001b[1A\u001b[J']);
});
