import type { RunView } from '../../model/answers/run.ts';
import { entriesOf } from '../../model/checklist/context-entries.ts';
import { firstParagraph } from '../../model/first-paragraph.ts';
import type { RunStatus } from '../../model/run/run.ts';
import { renderAge, renderWhen } from '../text/age.ts';
import { renderMinutes } from '../text/duration.ts';
import { renderKey } from '../text/key.ts';
import { renderDollars } from '../text/money.ts';
import { safeLine } from '../text/safe-text.ts';
import { type OutputStyle, type Paint, paint } from '../text/style.ts';
import { renderRows } from '../text/table.ts';
import { renderRunner } from '../text/who.ts';

const colours: Partial<Readonly<Record<RunStatus, Paint>>> = {
  running: 'yellow',
  completed: 'green',
  blocked: 'red',
  failed: 'red',
};

/** Lists runs, one line each: when, what, who, how it ended and its result. */
export function renderRuns(
  runs: readonly RunView[],
  { at, style }: { readonly at: string; readonly style: OutputStyle },
): readonly string[] {
  const rows = runs.map((run) => {
    const detail = detailOf(run);
    return [
      renderWhen(run.startedAt, at),
      renderKey(run.task),
      whoOf(run),
      paint(style, colours[run.status], stateOf(run, at)),
      ...(detail === '' ? [] : [paint(style, 'dim', detail)]),
    ];
  });
  return renderRows(rows, [{}, {}, {}], style);
}

function whoOf(run: RunView): string {
  return `${renderRunner(run)}${renderAttempt(run)}`;
}

/** Tells a run from the first one at its task: ` (review, round 2, try 3)`, else nothing. */
export function renderAttempt(run: Pick<RunView, 'role' | 'cycle' | 'attempt'>): string {
  const words = attemptWords(run);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

/** Says the role, the round and the attempt of a run where they are not the first. */
export function attemptWords({
  role,
  cycle,
  attempt,
}: Pick<RunView, 'role' | 'cycle' | 'attempt'>): readonly string[] {
  return [
    ...(role === 'review' ? ['review'] : []),
    ...(cycle > 1 ? [`round ${cycle}`] : []),
    ...(attempt > 1 ? [`try ${attempt}`] : []),
  ];
}

function stateOf(run: RunView, at: string): string {
  if (run.status === 'running') {
    const age = renderAge(run.startedAt, at);
    return age === 'now' ? 'running, began just now' : `running for ${age}`;
  }
  const state = run.role === 'review' && run.verdict ? run.verdict : run.status.replace('_', ' ');
  const cost = run.costUsd === null ? '' : `, ${renderDollars(run.costUsd)}`;
  return `${safeLine(state, 16)}, ${renderMinutes(run.activeMinutes)}${cost}`;
}

/** Gives the run's error, else its outcome, else its blockers or the issues it found. */
function detailOf({ report, error }: RunView): string {
  if (error !== null) return safeLine(error, 160);
  const { outcome, blockers, issues_found: issues } = (report ?? {}) as Record<string, unknown>;
  if (typeof outcome === 'string' && outcome.trim() !== '')
    return safeLine(firstParagraph(outcome), 160);
  const entries = [blockers, issues].find((list) => Array.isArray(list) && list.length > 0);
  return safeLine(
    ((entries ?? []) as readonly unknown[])
      .flatMap((entry) => entriesOf({ entry }, 'entry'))
      .join('; '),
    160,
  );
}
