import type { Check } from '../check.ts';
import type { Trial } from './run-trial.ts';

/** The UTF-16 units of context above which Claude Code shows a preview instead. */
const longestContext = 10_000;

export function checkTrial({ event, text, systemMessage, ...trial }: Trial): Check {
  const name = event === 'PreToolUse' ? 'sample TaskCreate' : 'sample prompt';
  const [problem] = trial.problems;
  const [foreign] = trial.foreign;
  if (foreign !== undefined) {
    const message = `not docket's launcher, so it was not started: ${foreign}`;
    const next = "Look at it before you start a session here; docket init restores docket's own";
    return { name, status: 'fail', message, next };
  }
  const told = systemMessage === undefined ? '' : `; the person is told: ${systemMessage}`;
  if (text === undefined) {
    const message = `${problem ?? 'the hooks say nothing to the model'}${told}`;
    return { name, status: 'fail', message, next: 'See the checks above' };
  }
  const cost = `${text.length} characters in ${Math.round(trial.milliseconds)} ms`;
  if (problem !== undefined) return { name, status: 'warn', message: `${cost}; ${problem}` };
  if (trial.speakers > 1) {
    const message = `${trial.speakers} hooks speak at once: sessions get everything twice (${cost})`;
    return { name, status: 'warn', message, next: 'docket init, then docket init --user' };
  }
  if (text.length > longestContext) {
    return { name, status: 'fail', message: `${cost}: Claude Code cuts after ${longestContext}` };
  }
  return { name, status: 'ok', message: `${cost}${told}` };
}
