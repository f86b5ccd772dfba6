/**
 * Records docs/recording.svg, which the README shows: a story of two sessions, played with docket as
 * it is. Run it again when docket's words have changed; a test says so.
 */
import { writeFileSync } from 'node:fs';
import { columns, draw } from './recording/draw.ts';
import { layOut } from './recording/lay-out.ts';
import { type Frame, playStory } from './recording/play.ts';

const file = new URL('../docs/recording.svg', import.meta.url);

/** Draws the story as it was played. */
export function drawStory(frames: readonly Frame[]): string {
  return draw(layOut(frames, columns), {
    left: 'alice#3f2a  ~/code/web',
    right: 'alice#c41d  ~/code/web',
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(file, drawStory(await playStory()));
}
