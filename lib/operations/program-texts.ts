import type { ChecklistAnswer, ChecklistViewName } from '../model/answers/checklist.ts';
import type { RunOutcome } from '../model/answers/outcome.ts';
import type { Progress } from '../model/answers/progress.ts';
import { renderChecklist as renderBuilt } from '../render/checklist/render.ts';
import { renderRunOutcome } from '../render/run/outcome.ts';
import { renderProgress as renderHappening } from '../render/run/progress-line.ts';

/** How a text looks. */
export interface TextOptions {
  /** The columns that its lines fit into; by default they are as long as they are. */
  readonly width?: number | undefined;
  /** Whether it has the colours of a terminal. */
  readonly colour?: boolean;
}

/** How a checklist looks. */
export interface ChecklistTextOptions extends TextOptions {
  /** `compact` by default. */
  readonly view?: ChecklistViewName;
  /** Whether boxes are `[x]` and `[>]`, not `[✓]` and `[→]`. */
  readonly ascii?: boolean;
}

/**
 * Renders the answer to `checklist` as Markdown, in any of its views. What others wrote is made
 * safe for a terminal and for a model.
 */
export function renderChecklist(
  { task, items, progress, summary, at }: ChecklistAnswer,
  { view = 'compact', ascii = false, ...style }: ChecklistTextOptions = {},
): string {
  const { key, title, client, status } = task;
  const built = { key, title, client, status, items, progress, summary, at };
  // A program tells its user how far what it names is, as a session does.
  return renderBuilt(built, view, { style: styleOf(style), ascii }, { session: 'program' });
}

/** Renders what happens while a plan runs, as `docket run` prints it where it paints nothing. */
export function renderProgress(progress: Progress, options: TextOptions = {}): string {
  return renderHappening(progress, styleOf(options), new Date().toISOString());
}

/** Renders how the run of a plan ended, and what there is to do. */
export function renderOutcome(outcome: RunOutcome, options: TextOptions = {}): string {
  return renderRunOutcome(outcome, styleOf(options));
}

function styleOf({ width, colour = false }: TextOptions) {
  return { width, colour };
}
