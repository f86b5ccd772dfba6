import type { OverviewAnswer } from '../../model/answers/overview.ts';
import { renderLocalTime } from '../text/age.ts';
import { renderHint } from '../text/hint.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, paint } from '../text/style.ts';
import { makeSections, type OverviewContext, type OverviewSection } from './overview-sections.ts';

/** Lines that a section keeps although the screen is too low for all. */
const fewest = 2;

/**
 * Renders what a person looks at. On a terminal it fits the screen as far as sections can give way,
 * and counts what it leaves out.
 */
export function renderOverview(
  overview: OverviewAnswer,
  options: Pick<OverviewContext, 'session' | 'style' | 'ascii'>,
): string {
  const { style } = options;
  const sections = makeSections(overview, { ...overview, ...options });
  const body =
    sections.length === 0
      ? ['', isEmpty(overview) ? 'Nothing is open.' : 'Nothing can be started.']
      : [];
  const foot = [...waitingLine(overview, style), hintLine(overview, style)];
  // The line below is the prompt's.
  const room = (style.height ?? Number.POSITIVE_INFINITY) - foot.length - 2;
  return [head(overview, style), ...body, ...keepWhatFits(sections, room, style), '', ...foot].join(
    '\n',
  );
}

/** Names the list, where it is, and the time. */
function head({ workspace, database, at }: OverviewAnswer, style: OutputStyle): string {
  const place = database === null ? '' : `, ${placeOf(database)}`;
  const name = paint(style, 'bold', `docket ${safeLine(workspace, 40)}`);
  return `${name}${paint(style, 'dim', `${place}, ${renderLocalTime(at, at)}`)}`;
}

/** Names a database in a few words: `docket.db on this machine`, `docket on db.example.com`. */
function placeOf(url: string): string {
  const [, host, port, name] = /^mysql:\/\/(.+):(\d+)\/(.+)$/.exec(url) ?? [];
  if (host === undefined) return `${safeLine(url.split('/').at(-1) ?? url, 40)} on this machine`;
  return safeLine(`${name} on ${host}${port === '3306' ? '' : `:${port}`}`, 60);
}

/**
 * Takes lines from the longest sections until all fit; where that is not enough, the empty lines, and
 * then all but one line of a section.
 */
function keepWhatFits(
  sections: readonly OverviewSection[],
  room: number,
  style: OutputStyle,
): readonly string[] {
  const kept = sections.map(({ lines }) => lines.length);
  for (;;) {
    const texts = sections.map((section, index) => renderSection(section, kept[index] ?? 0, style));
    const spaced = texts.flatMap((lines) => ['', ...lines]);
    const longest = Math.max(1, ...kept);
    const isTight = longest <= fewest;
    if (spaced.length < room) return spaced;
    if (longest === 1 || (isTight && texts.flat().length < room)) return texts.flat();
    kept[kept.lastIndexOf(longest)] = longest - 1;
  }
}

function renderSection(
  { title, paint: colour, total, lines, below }: OverviewSection,
  shown: number,
  style: OutputStyle,
): readonly string[] {
  const heading = paint(style, 'bold', paint(style, colour, `${title} (${total})`));
  return [heading, ...lines.slice(0, shown), ...below(shown)];
}

function waitingLine(
  { waiting, scheduled, totalLimit }: OverviewAnswer,
  style: OutputStyle,
): readonly string[] {
  const parts = [
    { number: waiting, what: 'for others' },
    { number: scheduled, what: 'for a date' },
  ].filter(({ number }) => number > 0);
  const [first] = parts;
  if (first === undefined) return [];
  const texts = parts.map(({ number, what }, index) => {
    const count = number >= totalLimit ? `${totalLimit}+` : String(number);
    const verb = index > 0 ? '' : number === 1 ? ' waits' : ' wait';
    return `${count}${verb} ${what}`;
  });
  return [paint(style, 'dim', `${texts.join(', ')}: docket list`)];
}

function isEmpty({ ready, inProgress, blocked, waiting, scheduled }: OverviewAnswer): boolean {
  return ready.total + inProgress + blocked.total + waiting + scheduled === 0;
}

function hintLine(overview: OverviewAnswer, style: OutputStyle): string {
  const next = isEmpty(overview)
    ? `docket create 'TITLE', docket plan --help`
    : overview.ready.total > 0
      ? 'docket claim --next, docket list'
      : 'docket list';
  return renderHint(`${next}, docket --help`, style);
}
