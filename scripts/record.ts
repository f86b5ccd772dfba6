/**
 * Records docs/recording.svg, which the README shows, and the README's block: a story of two
 * sessions; and docs/run.svg: a run in a terminal. Both are played with docket as it is. Run it
 * again when docket's words have changed; a test says so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { columns, draw } from './recording/draw.ts';
import { drawRun } from './recording/draw-run.ts';
import { layOut } from './recording/lay-out.ts';
import { type Frame, playStory } from './recording/play.ts';
import { playRun } from './recording/play-run.ts';

/** Draws the story as it was played. */
export function drawStory(frames: readonly Frame[]): string {
  return draw(layOut(frames, columns), {
    left: 'alice#3f2a  ~/code/web',
    right: 'alice#c41d  ~/code/web',
  });
}

/** Puts what the second session's model is told at its start into the README. */
export function putBlock(readme: string, frames: readonly Frame[]): string {
  const told = frames.find(({ pane, kind }) => pane === 'right' && kind === 'told')?.text;
  return readme.replace(/(?<=^```text\n)[\s\S]*?(?=\n```$)/m, () => told ?? '');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const root = new URL('../', import.meta.url);
  const frames = await playStory();
  writeFileSync(new URL('docs/recording.svg', root), drawStory(frames));
  writeFileSync(new URL('docs/run.svg', root), drawRun(await playRun()));
  const readme = new URL('README.md', root);
  writeFileSync(readme, putBlock(readFileSync(readme, 'utf8'), frames));
}
