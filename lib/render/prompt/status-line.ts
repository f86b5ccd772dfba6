import type { FindAbsence } from '../../model/prompt/known.ts';
import { type PromptClaim, type PromptList, promptLimits } from '../../model/prompt/list.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { clipToWidth, displayWidth } from '../text/width.ts';

export interface StatusLineView {
  /** The session that the line is shown in. */
  readonly session: string;
  readonly absence: FindAbsence;
  readonly style: OutputStyle;
  /** How old the list is where the database cannot be used: `5 min`, or `now`. */
  readonly away?: string | undefined;
}

/** A part of the line: its text, and the colour of its kind. */
type Part = readonly [text: string, colour?: Paint];

/** The columns that are left for a title at least. */
const leastTitle = 12;
const slugLimit = 24;
/** Claude Code indents the line, and wants some columns at its end. */
const margin = 4;

/**
 * Sums a list up in the one line that a person sees all day: what their session holds, by title
 * where that is one task and there is room, and how much there is of the rest.
 */
export function renderStatusLine(list: PromptList, view: StatusLineView): string {
  const { style, away } = view;
  const claims = claimsOf(list, view);
  const outage: readonly Part[] = away === undefined ? [] : [['database away', 'red']];
  const seen: readonly Part[] =
    away === undefined || away === 'now' ? [] : [[`${away} old`, 'dim']];
  const rest = [...restOf(list, claims), ...seen];
  const [own] = claims.mine;
  if (own !== undefined && claims.mine.length === 1) {
    const parts = [...outage, ...rest];
    const room =
      (style.width ?? 80) - margin - displayWidth(parts.map(([text]) => ` · ${text}`).join(''));
    const title = safeLine(own.title, 200);
    const start = `${safeLine(own.key, 40)} `;
    if (room - start.length >= Math.min(leastTitle, displayWidth(title))) {
      const task: Part = [clipToWidth(start + title, room), 'green'];
      return [task, ...parts].map((part) => show(part, style)).join(' · ');
    }
  }
  const mine: readonly Part[] =
    own === undefined ? [] : [[`${atLeast(claims.mine, promptLimits.mine)} mine`, 'green']];
  const parts = [...outage, ...mine, ...rest];
  return `docket ${safeLine(list.slug, slugLimit)}: ${parts.map((part) => show(part, style)).join(', ')}`;
}

interface Claims {
  readonly mine: readonly PromptClaim[];
  readonly abandoned: readonly PromptClaim[];
  /** All others that somebody works on, also those that the list does not hold. */
  readonly others: number;
  readonly isCut: boolean;
}

function claimsOf({ mine, others, counts }: PromptList, view: StatusLineView): Claims {
  const all = [...mine, ...others];
  const own = all.filter(({ session }) => session === view.session);
  const abandoned = all.filter(
    (claim) => claim.session !== view.session && view.absence(claim) !== undefined,
  );
  return {
    mine: own,
    abandoned,
    others: Math.max(0, counts.inProgress - own.length - abandoned.length),
    isCut: counts.inProgress > all.length,
  };
}

function restOf(
  { counts }: PromptList,
  { mine, others, abandoned, isCut }: Claims,
): readonly Part[] {
  const parts: readonly Part[] = [
    ...(others > 0 ? [[`${count(others)} ${others === 1 ? 'other' : 'others'}`] as const] : []),
    ...(counts.ready > 0 ? [[`${count(counts.ready)} ready`] as const] : []),
    ...(counts.blocked > 0 ? [[`${count(counts.blocked)} blocked`, 'red'] as const] : []),
    ...(abandoned.length > 0
      ? [[`${abandoned.length}${isCut ? '+' : ''} abandoned`, 'yellow'] as const]
      : []),
  ];
  if (parts.length + mine.length > 0) return parts;
  return [[counts.waiting > 0 ? `${count(counts.waiting)} waiting` : 'no open tasks', 'dim']];
}

/** Counting stops at a limit, which is said. */
function count(number: number): string {
  return number >= promptLimits.count ? `${promptLimits.count - 1}+` : String(number);
}

function atLeast(rows: readonly unknown[], limit: number): string {
  return `${rows.length}${rows.length >= limit ? '+' : ''}`;
}

function show([text, colour]: Part, style: OutputStyle): string {
  return paint(style, colour, text);
}
