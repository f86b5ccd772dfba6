import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawStory, putBlock } from '../../scripts/record.ts';
import { drawRun } from '../../scripts/recording/draw-run.ts';
import { layOut } from '../../scripts/recording/lay-out.ts';
import { playStory } from '../../scripts/recording/play.ts';
import { playRun } from '../../scripts/recording/play-run.ts';
import { stableText } from '../../scripts/recording/stable-text.ts';

const root = new URL('../../', import.meta.url);

function read(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}

test('the recording and the block in the README are what docket prints today (npm run record)', async () => {
  const frames = await playStory();
  const drawn = drawStory(frames);
  expect(read('docs/recording.svg')).toBe(drawn);
  expect(frames.filter(({ kind }) => kind === 'refused')).toHaveLength(2);

  const readme = read('README.md');
  expect(readme).toBe(putBlock(readme, frames));
  expect(readme).toContain('Design the schema (alice#3f2a, now)');
});

test('the recording of a run is what docket paints today (npm run record)', async () => {
  const pictures = await playRun();
  expect(read('docs/run.svg')).toBe(drawRun(pictures));
  const last = (pictures.at(-1) ?? []).map((cells) => cells.map(({ sign }) => sign).join(''));
  expect(last).toContain('3 of 3 complete, under 1 min, $2.48');
});

test.each(['docs/recording.svg', 'docs/run.svg'])(
  '%s is a small picture that loads and runs nothing',
  (path) => {
    const svg = read(path);
    expect(svg.length).toBeLessThan(150_000);
    expect(svg).not.toMatch(/<script|@import|@font-face|href|url\((?!#clip-)|<foreignObject/);
    // It is read in half a minute, or in a still where motion is not wanted.
    const [, seconds = ''] = /animation-duration:(\d+)s/.exec(svg) ?? [];
    expect(Number(seconds)).toBeLessThanOrEqual(40);
    expect(svg).toContain('prefers-reduced-motion');
  },
);

test('keys, tags and times become fixed ones in order of appearance, all else stays', () => {
  const stable = stableText();
  expect(stable('web-zzzz.1 by alice#aaaa at="2020-01-01T00:00Z", web-aaaa P2 3 min ago')).toBe(
    'web-k3f9.1 by alice#3f2a at="2026-11-21T10:02Z", web-a3b2 P2 just now',
  );
  expect(stable('alice#bbbb holds web-zzzz, 3 of 10')).toBe('alice#c41d holds web-k3f9, 3 of 10');
});

test('long lines are broken at spaces, and each frame comes after the one before', () => {
  const frame = { pane: 'left', kind: 'answer', text: '  - one two three\n\nfour' } as const;
  const { cues, length } = layOut([frame, { ...frame, text: '' }, frame], 14);
  expect(cues[0]?.rows.map(({ text }) => text)).toEqual(['  - one two', '    three', 'four']);
  const [first = 0, second = 0] = cues.map(({ at }) => at);
  expect(cues).toHaveLength(2);
  expect(first).toBeLessThan(second);
  expect(second).toBeLessThan(length);
});
