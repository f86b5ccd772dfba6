import type { PhaseResult, VerifyAnswer } from '../../model/answers/verify.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { wrapSpans } from '../text/wrap.ts';

const marks: Readonly<Record<PhaseResult['status'], readonly [mark: string, colour: Paint]>> = {
  passed: ['ok', 'green'],
  failed: ['fail', 'red'],
  skipped: ['skip', 'yellow'],
};

const longest = 2_000;

/** Says what is verified, above the phases. */
export function renderVerifying(
  { database, user, secondUser }: Pick<VerifyAnswer, 'database' | 'user' | 'secondUser'>,
  style: OutputStyle,
): string {
  const users = [user, secondUser]
    .filter((name) => name !== null)
    .map((name) => safeLine(name, 100));
  const as = users.length === 0 ? '' : ` as ${users.join(' and ')}`;
  return paint(style, 'bold', `${safeLine(database, 1_000)}${as}`);
}

/** Renders a phase: a line, and below it why it did not pass and what to do about that. */
export function renderPhase(
  { number, title, status, milliseconds, roundTrips, message, next }: PhaseResult,
  { style, width }: { readonly style: OutputStyle; readonly width: number },
): readonly string[] {
  const [mark, colour] = marks[status];
  const head = `${paint(style, colour, mark.padEnd(4))}  ${String(number).padStart(2)}  `;
  if (status === 'skipped')
    return [`${head}${title.padEnd(width)}  ${safeLine(message ?? '', 200)}`];
  const trips = roundTrips === null ? '' : `  ${String(roundTrips).padStart(3)} round trips`;
  const figures = `${`${milliseconds} ms`.padStart(8)}${trips}`;
  return [
    `${head}${title.padEnd(width)}  ${figures}`,
    ...(message === undefined ? [] : below(`          ${safeLine(message, longest)}`, 10, style)),
    ...(next === undefined ? [] : below(`          -> ${safeLine(next, longest)}`, 13, style)),
  ];
}

function below(text: string, hang: number, style: OutputStyle): readonly string[] {
  return wrapSpans([{ text }], { style, hang });
}

/** Renders a phase that has begun. */
export function renderRunning(
  { number, title }: Pick<PhaseResult, 'number' | 'title'>,
  style: OutputStyle,
): string {
  return paint(style, 'dim', `...   ${String(number).padStart(2)}  ${title}`);
}

/** Renders everything; the last line says how much of it works. */
export function renderVerification(answer: VerifyAnswer, style: OutputStyle): readonly string[] {
  const { phases, passed, total, milliseconds, list, notRemoved, leftOver, stopped } = answer;
  const width = widthOf(phases);
  const seconds = `${(milliseconds / 1_000).toFixed(1)} s`;
  return [
    renderVerifying(answer, style),
    ...phases.flatMap((phase) => renderPhase(phase, { style, width })),
    ...(leftOver.length === 0
      ? []
      : [`Removed what earlier runs had left: ${safeLine(leftOver.join(', '), longest)}`]),
    ...(notRemoved === undefined
      ? []
      : [
          `The list ${list} is still there: ${safeLine(notRemoved, longest)}`,
          '  The next docket verify removes it',
        ]),
    paint(
      style,
      passed === total ? 'green' : 'red',
      `${passed}/${total} in ${seconds}${stopped ? ', stopped' : ''}`,
    ),
  ];
}

/** The columns that titles take. */
export function widthOf(phases: readonly Pick<PhaseResult, 'title'>[]): number {
  return Math.max(...phases.map(({ title }) => title.length));
}
