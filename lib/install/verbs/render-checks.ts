import { safeLine } from '../../render/text/safe-text.ts';
import { type OutputStyle, paint } from '../../render/text/style.ts';
import type { Check } from '../check.ts';
import { printableLine } from '../files/printable-text.ts';
import type { Examination } from './examine.ts';

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

const longest = 2_000;

/** Renders one line a check, its next step below it. */
export function renderChecks(checks: readonly Check[], style: OutputStyle): string {
  const width = Math.max(0, ...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, status, message, next }) => [
      `${paint(style, colours[status], status.padEnd(4))}  ${name.padEnd(width)}  ${safeLine(message, longest)}`,
      ...(next === undefined || status === 'ok'
        ? []
        : [`${' '.repeat(width + 8)}-> ${safeLine(next, longest)}`]),
    ])
    .join('\n');
}

/** Renders an examination; the checks that found nothing wrong may be left out. */
export function renderExamination(
  { checks, trials }: Examination,
  style: OutputStyle,
  { onlyFaults = false }: { onlyFaults?: boolean } = {},
): string {
  const seen = trials.flatMap(({ event, text }) =>
    text === undefined
      ? []
      : [
          event === 'PreToolUse'
            ? 'What the model sees when it calls TaskCreate:'
            : 'What the model sees with a prompt:',
          // Tags stay, as the frame belongs to what the model sees.
          ...text.split('\n').map((line) => `  | ${printableLine(line)}`.trimEnd()),
        ],
  );
  const shown = onlyFaults ? checks.filter(({ status }) => status !== 'ok') : checks;
  const told = shown.length > 0 ? [renderChecks(shown, style)] : [];
  // What is to be done stands at the end, where it is read.
  const parts = onlyFaults ? [...seen, '', ...told] : [...told, ...seen];
  return [...parts, verdict(checks)].join('\n');
}

function verdict(checks: readonly Check[]): string {
  const failed = checks.filter(({ status }) => status === 'fail').length;
  const warned = checks.filter(({ status }) => status === 'warn').length;
  if (failed > 0) return `${failed} of ${checks.length} checks failed.`;
  return warned > 0
    ? `docket works; ${warned} ${warned === 1 ? 'thing' : 'things'} to look at.`
    : 'docket works.';
}
