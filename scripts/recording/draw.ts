import type { Cue, Row, Timeline } from './lay-out.ts';
import type { Pane } from './scene.ts';

/** Signs in a row of a window, and rows in a window. */
export const columns = 58;
const rows = 27;

// Pixels. A sign of a fixed-width font is 0.6 of its size wide in most of them.
export const font = 12;
export const rowHeight = 16;
export const margin = 12;
export const header = 28;
const gap = 12;
const paneWidth = Math.ceil(columns * font * 0.6) + 2 * margin;
const width = 2 * paneWidth + gap;
const height = header + rows * rowHeight + 2 * margin;

const left: Readonly<Record<Pane, number>> = { left: 0, right: paneWidth + gap };

/** What stands before the first row of a frame. */
const marks: Readonly<Record<Row['style'], string>> = {
  note: '  ',
  prompt: '> ',
  told: '┆ ',
  call: '● ',
  answer: '└ ',
  refused: '└ ',
  say: '● ',
};

/** The style of text and windows. */
export const windowStyle = `text{font:${font}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;white-space:pre;fill:#c9d1d9}
.window{fill:#0d1117;stroke:#444c56}.bar{fill:#8b949e}`;

/**
 * Draws a timeline as an animation of CSS in one SVG, which GitHub shows as a picture: no scripts and
 * no fonts of its own. Where motion is not wanted, it shows the end.
 */
export function draw({ cues, length }: Timeline, titles: Readonly<Record<Pane, string>>): string {
  const panes = (['left', 'right'] as const).map((pane) =>
    drawPane(pane, { cues: cues.filter((cue) => cue.pane === pane), length, title: titles[pane] }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Two Claude Code sessions share one list: ${escapeXml(titles.left)} plans and claims, ${escapeXml(titles.right)} is told at once.</title>
<style>
${windowStyle}
.note{fill:#7ee787}.prompt{fill:#fff;font-weight:bold}.told{fill:#79c0ff}.call{fill:#fff}.refused{fill:#ff9b93}.say{fill:#d2a8ff}
g[class]{animation-duration:${length}s;animation-timing-function:step-end;animation-iteration-count:infinite}
${panes.map(({ css }) => css).join('\n')}
@media (prefers-reduced-motion:reduce){g[class]{animation:none}}
</style>
${panes.map(({ svg }) => svg).join('\n')}
</svg>
`;
}

interface PaneOptions {
  readonly cues: readonly Cue[];
  readonly length: number;
  readonly title: string;
}

function drawPane(pane: Pane, { cues, length, title }: PaneOptions) {
  const x = left[pane];
  const keyframes: string[] = [];
  const scrolls: string[] = [];
  const groups: string[] = [];
  let drawn = 0;
  let scrolled = 0;
  for (const [index, cue] of cues.entries()) {
    // A line is left free before each prompt.
    if (cue.rows[0]?.style === 'prompt' && drawn > 0) drawn += 1;
    const name = `${pane}${index}`;
    const percent = `${Math.round((cue.at / length) * 10_000) / 100}%`;
    keyframes.push(
      `@keyframes ${name}{0%{opacity:0}${percent}{opacity:1}}.${name}{animation-name:${name}}`,
    );
    groups.push(
      `<g class="${name}">\n${drawRows(cue.rows, { x: x + margin, first: drawn })}\n</g>`,
    );
    drawn += cue.rows.length;
    scrolled = Math.max(0, drawn - rows) * rowHeight;
    scrolls.push(`${percent}{transform:translateY(${-scrolled}px)}`);
  }
  const css = `${keyframes.join('\n')}
@keyframes ${pane}{0%{transform:none}${scrolls.join('')}}.${pane}{animation-name:${pane};transform:translateY(${-scrolled}px)}`;
  const svg = `<rect class="window" x="${x + 0.5}" y="0.5" width="${paneWidth - 1}" height="${height - 1}" rx="8"/>
<text class="bar" x="${x + margin}" y="20">${escapeXml(title)}</text>
<text class="told" x="${x + paneWidth - margin}" y="20" text-anchor="end">┆ what docket tells the model</text>
<clipPath id="clip-${pane}"><rect x="${x}" y="${header + margin}" width="${paneWidth}" height="${rows * rowHeight}"/></clipPath>
<g clip-path="url(#clip-${pane})"><g class="${pane}">
${groups.join('\n')}
</g></g>`;
  return { css, svg };
}

function drawRows(drawn: readonly Row[], { x, first }: { x: number; first: number }): string {
  return drawn
    .map(({ text, style, isFirst }, index) => {
      const y = header + margin + (first + index) * rowHeight + font - 1;
      const mark = isFirst || style === 'told' ? marks[style] : '  ';
      return `<text class="${style}" x="${x}" y="${y}">${escapeXml(mark + text)}</text>`;
    })
    .join('\n');
}

/** Writes text as SVG takes it. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
