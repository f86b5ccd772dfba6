import { escapeXml, font, header, margin, rowHeight, windowStyle } from './draw.ts';
import type { Cell } from './emulator.ts';
import { type Picture, size } from './play-run.ts';

const signWidth = font * 0.6;
const width = Math.ceil(size.columns * signWidth) + 2 * margin;

/** A reader takes in so many new rows a second, and has so many seconds for each picture at least. */
const rowsASecond = 4;
const least = 2;
const atTheEnd = 6;

/**
 * Draws what a terminal showed, one picture after the other, as an animation of CSS in one SVG: no
 * scripts and no fonts of its own. Where motion is not wanted, it shows the end.
 */
export function drawRun(pictures: readonly Picture[]): string {
  const rows = Math.max(...pictures.map((picture) => picture.length)) - 1;
  const height = header + rows * rowHeight + 2 * margin;
  const starts = startsOf(pictures);
  const length = Math.ceil((starts.at(-1) ?? 0) + atTheEnd);
  const percent = (at: number) => `${Math.round((at / length) * 10_000) / 100}%`;
  const keyframes = starts.map((start, index) => {
    const [from, to] = [percent(start), percent(starts[index + 1] ?? length)];
    const before = start === 0 ? '' : '0%{opacity:0}';
    const after = index === starts.length - 1 ? '' : `${to}{opacity:0}`;
    const own = index === starts.length - 1 ? '' : 'opacity:0;';
    return `@keyframes p${index}{${before}${from}{opacity:1}${after}}.p${index}{${own}animation-name:p${index}}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">docket run in a terminal: agents design, write, have their work rejected and mend it, while the checklist stays up to date.</title>
<style>
${windowStyle}
.c1{fill:#fff;font-weight:bold}.c2{fill:#8b949e}.c31{fill:#ff9b93}.c32{fill:#7ee787}.c33{fill:#e3b341}.c36{fill:#79c0ff}
g[class]{animation-duration:${length}s;animation-timing-function:step-end;animation-iteration-count:infinite}
${keyframes.join('\n')}
@media (prefers-reduced-motion:reduce){g[class]{animation:none}}
</style>
<rect class="window" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
<text class="bar" x="${margin}" y="20">~/code/web</text>
${pictures.map((picture, index) => `<g class="p${index}">\n${drawPicture(picture)}\n</g>`).join('\n')}
</svg>
`;
}

/** Says when each picture appears, in seconds from the beginning. */
function startsOf(pictures: readonly Picture[]): readonly number[] {
  let at = 0;
  return pictures.map((picture, index) => {
    const before = new Set((pictures[index - 1] ?? []).map(textOf));
    const start = at;
    const fresh = picture.filter((cells) => !before.has(textOf(cells))).length;
    at = Math.round((at + Math.max(index === 0 ? 1 : least, fresh / rowsASecond)) * 10) / 10;
    return start;
  });
}

function drawPicture(picture: Picture): string {
  return picture
    .flatMap((cells, row) => {
      const y = header + margin + row * rowHeight + font - 1;
      const spans = spansOf(cells).map(({ text, colour }) =>
        colour === '' ? escapeXml(text) : `<tspan class="c${colour}">${escapeXml(text)}</tspan>`,
      );
      return spans.length === 0 ? [] : [`<text x="${margin}" y="${y}">${spans.join('')}</text>`];
    })
    .join('\n');
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ sign }) => sign).join('');
}

/** Joins neighbours of one colour. */
function spansOf(cells: readonly Cell[]): readonly { text: string; colour: string }[] {
  const spans: { text: string; colour: string }[] = [];
  for (const { sign, colour } of cells) {
    const last = spans.at(-1);
    if (last?.colour === colour) last.text += sign;
    else spans.push({ text: sign, colour });
  }
  return spans;
}
